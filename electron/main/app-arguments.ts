import { resolve } from 'node:path';

/**
 * What the person wrote, out of the arguments of an Electron process: in a packaged app all of them, else those after the
 * app's folder. What stands before it belongs to Chromium.
 */
export function appArguments(argv: readonly string[], isPackaged: boolean, appFolder: string): readonly string[] {
  if (isPackaged) return argv.slice(1);
  const at = argv.findIndex((argument, index) => index > 0 && resolve(argument) === resolve(appFolder));
  return at < 0 ? [] : argv.slice(at + 1);
}
