#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildIfStale } from './build.mjs';

const brief = path.resolve(import.meta.dirname, '../../out/main/brief.js');

// Stdout is one line about what was written; the build talks on stderr.
if (!buildIfStale()) process.exit(3);
const { status } = spawnSync(process.execPath, [brief, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 3;
