#!/usr/bin/env node
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfStale } from './build.mjs';
import { browserCommand, chooseShell, electronArguments, hasDisplay } from './choose-shell.mjs';
import { electronBinary } from './electron-binary.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const headless = path.join(root, 'out/main/headless.js');
const args = process.argv.slice(2);
const choice = chooseShell(args, process.platform, process.env);

if (!buildIfStale()) process.exit(1);
if (choice.shell === 'host') passOn(spawn(process.execPath, [headless, ...args], { stdio: 'inherit' }));
else if (choice.shell === 'browser') startInBrowser(choice.reason);
else await startInElectron();

async function startInElectron() {
  const found = await electronBinary(tell);
  if ('missing' in found) return startInBrowser(found.missing);
  const isRoot = process.getuid?.() === 0;
  const hasGpu = process.platform !== 'linux' || fs.existsSync('/dev/dri');
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  passOn(
    spawn(found.executable, electronArguments({ appFolder: root, args, isRoot, hasGpu }), { stdio: 'inherit', env }),
  );
}

/** @param {string} reason why it is not Electron */
function startInBrowser(reason) {
  tell(`${reason}: starting the headless host instead`);
  const child = spawn(process.execPath, [headless, ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).once('line', (line) => {
    console.log(line);
    child.stdout.pipe(process.stdout);
    const { url, wall } = JSON.parse(line);
    console.log(`Grid Command 网格指挥台: ${url}`);
    if (wall !== undefined) console.log(`wall 大屏: ${wall}`);
    if (hasDisplay(process.platform, process.env)) openBrowser(url);
  });
  passOn(child);
}

/** @param {string} url */
function openBrowser(url) {
  const [command, commandArgs] = browserCommand(url, process.platform);
  const browser = spawn(command, commandArgs, { stdio: 'ignore', detached: true });
  browser.once('error', () => tell('no browser could be opened: open the address above yourself'));
  browser.unref();
}

/** Ends with the child, as the child did; signals reach it. @param {import('node:child_process').ChildProcess} child */
function passOn(child) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // A terminal gives its interrupt to the child as well; twice would cut its clean end short.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('error', (error) => {
    tell(`cannot start: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) =>
    process.exit(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal])),
  );
}

/** @param {string} line */
function tell(line) {
  process.stderr.write(`${line}\n`);
}
