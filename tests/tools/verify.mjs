#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildIfStale } from './build.mjs';

const verify = path.resolve(import.meta.dirname, '../../out/main/verify.js');

// Stdout is the report alone; the build talks on stderr. 2: it could not be checked.
if (!buildIfStale()) process.exit(2);
const { status } = spawnSync(process.execPath, [verify, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 2;
