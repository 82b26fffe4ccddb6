import fs from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium of this machine: the one CHROMIUM names, else the first on the PATH.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null}
 */
export function findChromium(env) {
  if (env.CHROMIUM) return isExecutable(env.CHROMIUM) ? env.CHROMIUM : null;
  return findOnPath(names, env);
}

/**
 * @param {readonly string[]} commands in order of preference
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null} the full path of the first that is there
 */
export function findOnPath(commands, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const files = commands.flatMap((command) => folders.map((folder) => path.join(folder, command)));
  return files.find(isExecutable) ?? null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
