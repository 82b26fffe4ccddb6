import { attachmentPath } from '#contract/attachments.ts';
import { baseMapPath } from '#contract/base-map.ts';
import { isAppUrl } from './app-origin.ts';

/** Whether a request of a page is for bytes that the host has: a photo, or a tile of a base map. */
export function isRelayRequest(address: string): boolean {
  if (!isAppUrl(address)) return false;
  const { pathname } = new URL(address);
  return [attachmentPath, baseMapPath].some((path) => pathname.startsWith(path));
}

/**
 * Passes bytes between a page and the host's door, under the path of the request; main looks into neither. The
 * address of the host carries the token of whose window it is: the operator's, or the wall's.
 *
 * @param hostUrl as the host gave it, with `#token=…`; null while no host is ready
 */
export async function relayToHost(request: Request, hostUrl: string | null): Promise<Response> {
  const isKnown = request.method === 'GET' || request.method === 'POST';
  if (!isKnown) return new Response('GET or POST', { status: 405 });
  if (hostUrl === null) return unavailable();
  const host = new URL(hostUrl);
  const token = new URLSearchParams(host.hash.slice(1)).get('token') ?? '';
  try {
    const answer = await fetch(new URL(new URL(request.url).pathname, host.origin), {
      method: request.method,
      headers: { authorization: `Bearer ${token}` },
      ...(request.body === null ? {} : { body: request.body, duplex: 'half' }),
    });
    return new Response(answer.body, { status: answer.status, headers: kept(answer.headers) });
  } catch (cause) {
    // The host ended, or is ending.
    if (cause instanceof TypeError) return unavailable();
    throw cause;
  }
}

function kept(headers: Headers): Record<string, string> {
  return {
    'content-type': headers.get('content-type') ?? 'application/octet-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

function unavailable(): Response {
  return Response.json({ code: 'unavailable', detail: { part: 'host' } }, { status: 503 });
}
