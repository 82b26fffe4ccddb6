#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildIfStale } from './build.mjs';

/**
 * `npm run soak -- --kills N`: the tests that kill a writing host, over and over: under an import, under simulated traffic,
 * and while segments end, are packed and are backed up. Every start proves that nothing acknowledged is lost or doubled.
 */
const root = path.resolve(import.meta.dirname, '../..');
const [flag, text, ...more] = process.argv.slice(2);
const kills = Number(text);
if (flag !== '--kills' || !Number.isInteger(kills) || kills < 3 || more.length > 0) {
  process.stderr.write('npm run soak -- --kills N, N a whole number from 3\n');
  process.exit(2);
}
if (!buildIfStale()) process.exit(2);
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'host-processes', '--no-file-parallelism', 'tests/faults/host-kill-nine'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, KILLS: String(kills) } },
);
process.exitCode = status ?? 1;
