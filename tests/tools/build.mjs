#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const stamp = path.join(root, 'out/build-stamp');
const sources = ['electron', 'renderer', 'electron.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * Bundles main, hosts, preloads and pages into `out/`, unless what lies there was made from these very sources. All output
 * goes to stderr: stdout belongs to the program that is started next.
 *
 * @returns {boolean} whether the bundles are there and fresh
 */
export function buildIfStale() {
  const sum = sourcesSum(root, sources);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sum) return true;
  return build(sum);
}

/**
 * One sum over paths and contents, so that a fresh clone, a branch change or a touched file does not fool it. Tests are
 * left out, they are not bundled.
 *
 * @param {string} base
 * @param {readonly string[]} names files and folders below `base`
 * @returns {string}
 */
export function sourcesSum(base, names) {
  const sum = createHash('sha256');
  for (const file of names.flatMap((name) => filesBelow(base, name)).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue;
    sum
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(base, file)))
      .update('\0');
  }
  return sum.digest('hex');
}

/** @param {string} sum */
function build(sum) {
  fs.rmSync(stamp, { force: true });
  process.stderr.write('building …\n');
  const bundler = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout } = spawnSync(process.execPath, [bundler, 'build', '--config', 'electron.config.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    // The bundler asks the electron package for its path; any value keeps that package from a download.
    env: {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'out'),
    },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}\nthe build failed\n`);
    return false;
  }
  fs.writeFileSync(stamp, sum);
  return true;
}

/** @param {string} base @param {string} name @returns {string[]} paths below `base` */
function filesBelow(base, name) {
  const full = path.join(base, name);
  if (!fs.existsSync(full)) return [];
  if (!fs.statSync(full).isDirectory()) return [name];
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = buildIfStale() ? 0 : 1;
