#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildIfStale } from './build.mjs';

const ctl = path.resolve(import.meta.dirname, '../../out/main/ctl.js');

// Stdout is the answer alone; the build talks on stderr.
if (!buildIfStale()) process.exit(1);
const { status } = spawnSync(process.execPath, [ctl, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
