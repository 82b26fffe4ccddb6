/** Scheme of our pages: standard and secure, unlike `file:`. */
export const appScheme = 'app';
const appHost = 'grid-command';
const appOrigin = `${appScheme}://${appHost}`;

/** The first screen. */
export const deskUrl = `${appOrigin}/desk/index.html`;

/** The wall's page on a display of that name. */
export function wallUrl(name: string): string {
  return `${appOrigin}/wall/index.html?display=${encodeURIComponent(name)}`;
}

/** The page that stands still in place of the wall's (see wall-still.ts). */
export function stillUrl(name: string): string {
  return `${appOrigin}${stillPath}${encodeURIComponent(name)}`;
}

/** Below it: a still page for each display, and its picture. */
export const stillPath = '/wall-still/';

/** Whether an address is one of our own pages. Compared part by part: a custom scheme has no `origin`. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
