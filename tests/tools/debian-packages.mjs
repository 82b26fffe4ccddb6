import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { findOnPath } from './find-chromium.mjs';

/**
 * What the browser and Electron tests need of the system, and how to see that it is there. `part` names the tests that
 * cannot run without it; null: tests that miss it say so themselves.
 *
 * @typedef {{ readonly name: string, readonly part: 'browser' | 'electron' | null, readonly has: (system: System) => boolean }} DebianPackage
 * @typedef {{ command: (name: string) => boolean, library: (name: string) => boolean, file: (path: string) => boolean }} System
 */

/** @type {readonly DebianPackage[]} */
const packages = [
  { name: 'chromium', part: 'browser', has: ({ command }) => command('chromium') },
  {
    name: 'fonts-noto-cjk',
    part: null,
    has: ({ file }) => file('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  { name: 'faketime', part: null, has: ({ command }) => command('faketime') },
  { name: 'poppler-utils', part: null, has: ({ command }) => command('pdftotext') },
  { name: 'qpdf', part: null, has: ({ command }) => command('qpdf') },
  { name: 'xvfb', part: 'electron', has: ({ command }) => command('xvfb-run') && command('Xvfb') },
  { name: 'xauth', part: 'electron', has: ({ command }) => command('xauth') },
  { name: 'xserver-xorg-core', part: null, has: ({ command }) => command('Xorg') },
  {
    name: 'xserver-xorg-video-dummy',
    part: null,
    has: ({ file }) => file('/usr/lib/xorg/modules/drivers/dummy_drv.so'),
  },
  { name: 'x11-xserver-utils', part: null, has: ({ command }) => command('xrandr') },
  { name: 'openbox', part: null, has: ({ command }) => command('openbox') },
  { name: 'unzip', part: null, has: ({ command }) => command('unzip') },
  { name: 'libgtk-3-0', part: 'electron', has: ({ library }) => library('libgtk-3.so.0') },
  { name: 'libnss3', part: 'electron', has: ({ library }) => library('libnss3.so') },
  { name: 'libasound2', part: 'electron', has: ({ library }) => library('libasound.so.2') },
  { name: 'libgbm1', part: 'electron', has: ({ library }) => library('libgbm.so.1') },
];

/** Every package by name, for `apt-get install`. */
export const packageNames = packages.map(({ name }) => name);

/**
 * @param {System} system
 * @returns {readonly DebianPackage[]}
 */
export function missingPackages(system) {
  return packages.filter(({ has }) => !has(system));
}

/** Looks at this machine. @returns {System} */
export function thisSystem() {
  const libraries = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return {
    command: (name) => findOnPath([name], process.env) !== null,
    library: (name) => libraries.includes(`\t${name} `),
    file: (path) => fs.existsSync(path),
  };
}

/** Installs what is missing where that can be done: as root on a Debian. @param {(line: string) => void} tell */
export function installMissing(tell) {
  if (process.platform !== 'linux') return;
  const names = missingPackages(thisSystem()).map(({ name }) => name);
  if (names.length === 0) return;
  if (process.getuid?.() !== 0 || findOnPath(['apt-get'], process.env) === null) {
    tell(`not installed here, and only root on a Debian could: ${names.join(' ')}`);
    return;
  }
  tell(`installing ${names.join(' ')} …`);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  for (const args of [['update', '-qq'], install]) {
    const run = spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (run.status !== 0) return tell(`apt-get ${args[0]} failed`);
  }
}
