#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.mjs';

/**
 * `npm run soak`: the tests that end a writing host, over and over. `--kills N`: by kill -9, under an import, under
 * simulated traffic, and while segments end, are packed and are backed up; these three go on side by side, each with hosts
 * of its own, since a start waits for the disk and for itself. `--power-cuts N`: by a file system that takes nothing more,
 * as when the plug is pulled. Every start proves that nothing acknowledged is lost or doubled. The last line is the sum;
 * `--json FILE` writes it.
 */
const root = path.resolve(import.meta.dirname, '../..');
const usage = 'npm run soak -- [--kills N] [--power-cuts N] [--json FILE], N a whole number from 3\n';
const asked = readArguments();
if (asked === null) {
  process.stderr.write(usage);
  process.exit(2);
}
if (!buildIfStale()) process.exit(2);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'grid-command-soak-'));
const tallyFile = path.join(folder, 'tally');
fs.writeFileSync(tallyFile, '');
const files = [
  ...(asked.kills === undefined ? [] : ['tests/faults/host-kill-nine']),
  ...(asked.powerCuts === undefined ? [] : ['tests/faults/host-power-cut']),
];
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const startedAt = Date.now();
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'host-processes', '--maxWorkers=3', ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      SOAK_TALLY: tallyFile,
      ...(asked.kills === undefined ? {} : { KILLS: asked.kills }),
      ...(asked.powerCuts === undefined ? {} : { POWER_CUTS: asked.powerCuts }),
    },
  },
);
const sum = { ...added(fs.readFileSync(tallyFile, 'utf8')), seconds: Math.round((Date.now() - startedAt) / 1000) };
fs.rmSync(folder, { recursive: true });
const isComplete = sum.kills >= Number(asked.kills ?? 0) && sum.powerCuts >= Number(asked.powerCuts ?? 0);
const isPassed = status === 0 && isComplete && sum.lost === 0 && sum.doubled === 0;
process.stdout.write(
  `soak: ${sum.kills} kills, ${sum.powerCuts} power cuts, ${sum.acknowledged} acknowledged, ${sum.lost} lost, ` +
    `${sum.doubled} doubled, ${sum.verified} times verified, ${sum.seconds} s: ${isPassed ? 'passed' : 'failed'}\n`,
);
if (asked.json !== undefined) {
  fs.writeFileSync(asked.json, `${JSON.stringify({ ...sum, passed: isPassed }, null, 2)}\n`);
}
process.exitCode = isPassed ? 0 : 1;

/** @returns {{ kills: string | undefined, powerCuts: string | undefined, json: string | undefined } | null} */
function readArguments() {
  try {
    const text = /** @type {const} */ ({ type: 'string' });
    const { values } = parseArgs({ options: { kills: text, 'power-cuts': text, json: text } });
    const counts = [values.kills, values['power-cuts']].filter((count) => count !== undefined);
    const isAsked = counts.length > 0 && counts.every((count) => Number.isInteger(Number(count)) && Number(count) >= 3);
    return isAsked ? { kills: values.kills, powerCuts: values['power-cuts'], json: values.json } : null;
  } catch {
    return null;
  }
}

/** @param {string} lines one tally of `tests/support/soak-tally.ts` in each */
function added(lines) {
  const sum = { kills: 0, powerCuts: 0, acknowledged: 0, lost: 0, doubled: 0, verified: 0 };
  for (const line of lines.split('\n').filter((text) => text !== '')) {
    const tally = JSON.parse(line);
    for (const key of /** @type {(keyof typeof sum)[]} */ (Object.keys(sum))) sum[key] += tally[key];
  }
  return sum;
}
