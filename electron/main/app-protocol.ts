import { readFile } from 'node:fs/promises';
import { protocol, type Protocol } from 'electron';
import { contentPolicy } from '#contract/content-policy.ts';
import { appScheme } from './app-origin.ts';
import { isRelayRequest, relayToHost } from './host-relay.ts';
import { servedFile } from './served-file.ts';

/** Makes `app:` a real origin. Before Electron is ready, once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built pages below `root` under `app:` to the windows of one session, with the content policy, and passes photos and
 * tiles of base maps between pages and the host.
 *
 * @param hostUrl where the host's door is now, with the token of these windows; null while no host is ready
 * @param own answers a request that the files do not; null: not that one either
 */
export function serveApp(
  served: Protocol,
  root: string,
  hostUrl: () => string | null,
  own: (address: string) => Response | null = () => null,
): void {
  served.handle(appScheme, async (request) => {
    const answer = request.method === 'GET' ? own(request.url) : null;
    if (answer !== null) return answer;
    if (isRelayRequest(request.url)) return relayToHost(request, hostUrl());
    const found = request.method === 'GET' ? await servedFile(root, request.url) : null;
    if (found === null) return new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    return new Response(await readFile(found.file), {
      headers: {
        'content-type': found.contentType,
        'content-security-policy': contentPolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });
}
