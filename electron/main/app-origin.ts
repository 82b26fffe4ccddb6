/** Scheme of our pages: standard and secure, unlike `file:`. */
export const appScheme = 'app';
const appHost = 'grid-command';
const appOrigin = `${appScheme}://${appHost}`;

/** The first screen. */
export const deskUrl = `${appOrigin}/desk/index.html`;

/** Whether an address is one of our own pages. Compared part by part: a custom scheme has no `origin`. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
