#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildIfStale } from './build.mjs';
import { installMissing, missingPackages, thisSystem } from './debian-packages.mjs';
import { electronBinary } from './electron-binary.mjs';
import { findChromium } from './find-chromium.mjs';
import {
  lastLine,
  listedTests,
  noTests,
  playwrightCounts,
  playwrightFailures,
  sumOf,
  verdictOf,
  vitestCounts,
  vitestFailures,
} from './test-counts.mjs';

/**
 * @typedef {import('./test-counts.mjs').Counts} Counts
 * @typedef {'unit' | 'browser' | 'electron'} PartName
 */

const root = path.resolve(import.meta.dirname, '../..');
const reports = path.join(root, 'test-results/reports');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const playwright = path.join(root, 'node_modules/@playwright/test/cli.js');

/** @type {Readonly<Record<PartName, () => Promise<Counts>>>} */
const parts = { unit: runUnit, browser: runBrowser, electron: runElectron };

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  tell(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

fs.mkdirSync(reports, { recursive: true });
/** What failed, told once more at the very end: a log of this length is read from there, and may reach a reader cut. @type {string[]} */
const failures = [];
const total = await runAll();
for (const line of failures) tell(`failed: ${line}`);
console.log(lastLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;

/** @returns {Promise<Counts>} */
async function runAll() {
  const names = /** @type {PartName[]} */ (Object.keys(parts)).filter(
    (name) => named.length === 0 || named.includes(name),
  );
  if (names.some((name) => name !== 'unit')) installMissing(tell);
  if (!buildIfStale()) {
    tell('no test was run, since the bundles could not be built');
    return { ...noTests, failed: 1 };
  }
  const all = [];
  for (const name of names) {
    const startedAt = Date.now();
    const counts = await parts[name]();
    tell(`${name}: ${lastLine(counts)} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
    all.push(counts);
  }
  return sumOf(all);
}

async function runUnit() {
  const report = freshReport('unit');
  const exitCode = await run(process.execPath, [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return ended('unit', exitCode, countsIn(report, vitestCounts, vitestFailures));
}

async function runBrowser() {
  const chromium = findChromium(process.env);
  if (chromium === null) return notRun('browser', 'no Chromium on this machine (apt-get install chromium)');
  const report = freshReport('browser');
  const exitCode = await run(process.execPath, playwrightArguments('browser'), {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return ended('browser', exitCode, countsIn(report, playwrightCounts, playwrightFailures));
}

async function runElectron() {
  if (process.platform === 'linux') {
    const missing = missingPackages(thisSystem()).filter(({ part }) => part === 'electron');
    if (missing.length > 0) {
      return notRun('electron', `missing on this machine: ${missing.map(({ name }) => name).join(' ')}`);
    }
  }
  const found = await electronBinary(tell);
  if ('missing' in found) return notRun('electron', found.missing);
  const { version: shipped } = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'),
  );
  tell(
    `electron: Electron ${found.version}${found.version === shipped ? '' : `; ${shipped}, which is shipped, is not run here`}`,
  );
  const report = freshReport('electron');
  const env = {
    ELECTRON_OVERRIDE_DIST_PATH: distFolder(found.executable),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const command = [process.execPath, ...playwrightArguments('electron')];
  const exitCode =
    process.platform === 'linux'
      ? await run('xvfb-run', ['-a', '-s', '-screen 0 1920x1080x24', ...command], env)
      : await run(process.execPath, command.slice(1), env);
  return ended('electron', exitCode, countsIn(report, playwrightCounts, playwrightFailures));
}

/** @param {'browser' | 'electron'} part */
function playwrightArguments(part) {
  return [playwright, 'test', `--project=${part}`, '--reporter=list,json', `--output=test-results/${part}`];
}

/** The folder that holds the executable of the `electron` package. @param {string} executable */
function distFolder(executable) {
  return process.platform === 'darwin' ? path.resolve(executable, '../../../..') : path.dirname(executable);
}

/** @param {PartName} name @param {number} exitCode @param {Counts | null} counts */
function ended(name, exitCode, counts) {
  const verdict = verdictOf({ counts, exitCode });
  if (verdict.problem !== null) {
    tell(`${name}: ${verdict.problem}`);
    failures.push(`${name}: ${verdict.problem}`);
  }
  return verdict.counts;
}

/** @param {'browser' | 'electron'} name @param {string} reason */
function notRun(name, reason) {
  const report = freshReport(`${name}-list`);
  const { status } = spawnSync(
    process.execPath,
    [playwright, 'test', `--project=${name}`, '--list', '--reporter=json'],
    {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
  );
  const counts = countsIn(
    report,
    (listed) => ({ ...noTests, skipped: listedTests(listed) }),
    () => [],
  );
  tell(`${name}: not run, ${reason}`);
  return ended(name, status ?? 1, counts);
}

/** Runs with our own output; resolves to the exit code. @param {string} command @param {readonly string[]} args @param {Record<string, string>} [env] @returns {Promise<number>} */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', (error) => {
      tell(`${command} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** @param {string} name */
function freshReport(name) {
  const file = path.join(reports, `${name}.json`);
  fs.rmSync(file, { force: true });
  return file;
}

/**
 * @template Counted, Listed
 * @param {string} file @param {(report: Counted) => Counts} countsOf
 * @param {(report: Listed) => readonly string[]} failuresOf
 * @returns {Counts | null} null when there is no report
 */
function countsIn(file, countsOf, failuresOf) {
  if (!fs.existsSync(file)) return null;
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  failures.push(...failuresOf(report).map((line) => line.replace(`${root}${path.sep}`, '')));
  return countsOf(report);
}

/** Notes go the way of the parts' own output, so that they stay in order. @param {string} line */
function tell(line) {
  process.stdout.write(`${line}\n`);
}
