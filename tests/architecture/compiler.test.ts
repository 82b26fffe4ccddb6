import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, runTool } from './run-tool.ts';

const folders = ['domain', 'contract', 'host', 'main', 'preload', 'renderer'];
const compilers = [
  ['TypeScript 7', '@typescript/native/bin/tsc'],
  ['TypeScript 6', 'typescript/bin/tsc6'],
] as const;

const projectOf = (folder: string) => path.join('tests/architecture/compiler', folder);

test.each(compilers)('%s knows in each folder what the folder must not touch', (_, bin) => {
  const outputs = folders.map((folder) => [folder, runTool(bin, ['-p', projectOf(folder)], root).stdout]);
  expect(outputs).toEqual(folders.map((folder) => [folder, '']));
});

test.each(folders)('with every library at hand, each ban of %s would be missed', (folder) => {
  const everything = ['--lib', 'ESNext,DOM', '--types', 'node,vite/client'];
  const { stdout } = runTool(compilers[0][1], ['-p', projectOf(folder), ...everything], root);
  const missed = [...stdout.matchAll(/bans\.ts\((\d+),\d+\): error TS2578: Unused/g)].map(([, line]) => Number(line));
  const lines = readFileSync(path.join(root, projectOf(folder), 'bans.ts'), 'utf8').split('\n');
  const bans = lines.flatMap((line, index) => (line.startsWith('// @ts-expect-error') ? [index + 1] : []));
  expect(bans.length).toBeGreaterThan(1);
  expect(missed).toEqual(bans);
});
