import { app, type Session, type WebContents } from 'electron';
import { isAppUrl } from './app-origin.ts';
import { isAllowedPermission, isAllowedRequest } from './page-rights.ts';
import { report } from './report.ts';

/** Once Electron is ready, before the first window of the session: permissions and network. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isAllowedPermission(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowedPermission(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowedRequest(details.url) }));
}

/** Once, before the first window: what every page may do. */
export function securePages(): void {
  app.on('web-contents-created', (_event, contents) => {
    if (!contents.getURL().startsWith('devtools:')) secureContents(contents);
  });
}

function secureContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => refuseForeign(event));
  contents.on('will-redirect', (event) => refuseForeign(event));
}

function refuseForeign(event: { readonly url: string; preventDefault(): void }): void {
  if (isAppUrl(event.url) || event.url.startsWith('devtools:')) return;
  event.preventDefault();
  report(`refused to leave the app for ${event.url.slice(0, 200)}`);
}
