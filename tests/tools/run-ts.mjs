import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runnerImport } from 'vite';

// Runs `export async function main(args)` of a TypeScript file on plain Node 20, which can't load TypeScript itself.
const [file, ...args] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node tests/tools/run-ts.mjs FILE.ts [args]');
const { module } = await runnerImport(pathToFileURL(resolve(file)).href, { configFile: false, logLevel: 'error' });
process.exitCode = await module.main(args);
