/** Flags for drawing with WebGL where no graphics card helps. Without them some starts lose the context. */
export const softwareGlFlags = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/**
 * What `npm start` opens. `host` prints only what the host prints, for scripts; `browser` is the host and a browser;
 * `electron` is the desktop program, if its binary can be had.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {{ readonly shell: 'host' | 'electron' } | { readonly shell: 'browser', readonly reason: string }}
 */
export function chooseShell(args, platform, env) {
  const names = args.map((argument) => argument.split('=', 1)[0]);
  if (
    ['--headless', '--help', '--version', '--backup', '--restore', '--change-secret'].some((flag) =>
      names.includes(flag),
    )
  )
    return { shell: 'host' };
  if (args.includes('--browser')) return { shell: 'browser', reason: 'the browser was asked for' };
  if (!hasDisplay(platform, env)) return { shell: 'browser', reason: 'no display here (DISPLAY is not set)' };
  return { shell: 'electron' };
}

/**
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function hasDisplay(platform, env) {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/**
 * Arguments of the Electron binary: its own switches, the app's folder, then the app's arguments.
 *
 * @param {{ readonly appFolder: string, readonly args: readonly string[], readonly isRoot: boolean, readonly hasGpu: boolean }} given
 * @returns {string[]}
 */
export function electronArguments({ appFolder, args, isRoot, hasGpu }) {
  return [...(isRoot ? ['--no-sandbox'] : []), ...(hasGpu ? [] : softwareGlFlags), appFolder, ...args];
}

/**
 * The command that shows an address in the person's browser.
 *
 * @param {string} url
 * @param {NodeJS.Platform} platform
 * @returns {readonly [string, readonly string[]]}
 */
export function browserCommand(url, platform) {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
