/**
 * Content policy of every page (security.md §4), as a response header of the `app:` scheme and of the headless host.
 * `sockets` are the host's own WebSocket origins; Electron's windows need none, ports carry their data.
 */
export function contentPolicyFor(sockets: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...sockets].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

export const contentPolicy = contentPolicyFor([]);
