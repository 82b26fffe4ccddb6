import { isAppUrl } from './app-origin.ts';

const allowedPermissions: readonly string[] = ['fullscreen', 'clipboard-sanitized-write'];

/** Whether pages may have this permission. Everything is denied but what a desk needs. */
export function isAllowedPermission(permission: string, requester: string): boolean {
  return allowedPermissions.includes(permission) && isAppUrl(requester);
}

/** Whether a page may send this request. Our own pages come through `app:`, the host is on this machine. */
export function isAllowedRequest(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (['app:', 'data:', 'blob:', 'devtools:'].includes(protocol)) return true;
  return ['http:', 'ws:'].includes(protocol) && ['127.0.0.1', 'localhost'].includes(hostname);
}
