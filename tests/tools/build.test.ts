import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourcesSum } from './build.mjs';

let base: string;
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'sources-'));
  mkdirSync(path.join(base, 'electron/main'), { recursive: true });
  writeFileSync(path.join(base, 'electron/main/index.ts'), 'one');
  writeFileSync(path.join(base, 'package.json'), '{}');
});
afterEach(() => rmSync(base, { recursive: true }));

const sum = (): string => sourcesSum(base, ['electron', 'package.json', 'not-there']);

test('a touched file and a new test are no reason to build again', () => {
  const before = sum();
  utimesSync(path.join(base, 'package.json'), 1, 1);
  writeFileSync(path.join(base, 'electron/main/index.test.ts'), 'test');
  expect(sum()).toBe(before);
});

test('a changed, a new and a renamed source are', () => {
  const sums = [sum()];
  writeFileSync(path.join(base, 'electron/main/index.ts'), 'two');
  sums.push(sum());
  writeFileSync(path.join(base, 'electron/main/menu.ts'), '');
  sums.push(sum());
  rmSync(path.join(base, 'electron/main/menu.ts'));
  writeFileSync(path.join(base, 'electron/main/menus.ts'), '');
  sums.push(sum());
  expect(new Set(sums).size).toBe(4);
});
