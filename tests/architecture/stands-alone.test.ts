import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './run-tool.ts';

/** The folder of reference material that lies beside a developer's checkout, and beside no customer's. */
const beside = /\/work\/shared\b|\.\.\/shared\b/;

const text = /\.(ts|tsx|mjs|js|json|jsonc|css|html|md|csv|geojson|sh|yml)$/;
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('no file of the product leans on the reference material', () => {
  const files = [
    '.ci/run',
    ...filesIn(root),
    ...['electron', 'renderer', 'resources'].flatMap(filesBelow).filter((file) => text.test(file)),
  ];
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => !file.endsWith('.test.ts') && beside.test(read(file)))).toEqual([]);
});

test('a test that uses the reference material can do without it', () => {
  const self = 'tests/architecture/stands-alone.test.ts';
  const users = ['electron', 'renderer', 'tests']
    .flatMap(filesBelow)
    .filter((file) => /\.(test|spec|bench)\.tsx?$/.test(file) && file !== self && beside.test(read(file)));
  expect(users.filter((file) => !/\b(skipIf|runIf|skip)\b/.test(read(file)))).toEqual([]);
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
