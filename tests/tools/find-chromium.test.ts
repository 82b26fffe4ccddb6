import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChromium } from './find-chromium.mjs';

let base: string;
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'chromium-'));
});
afterEach(() => rmSync(base, { recursive: true }));

function executable(name: string): string {
  const file = path.join(base, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

const pathOf = (...folders: string[]) => folders.map((folder) => path.join(base, folder)).join(path.delimiter);

test('chromium goes before chrome, wherever they lie on the PATH', () => {
  executable('a/google-chrome');
  const chromium = executable('b/chromium');
  expect(findChromium({ PATH: pathOf('a', 'b') })).toBe(chromium);
});

test('what CHROMIUM names is used, or nothing', () => {
  executable('a/chromium');
  const own = executable('own');
  expect(findChromium({ PATH: pathOf('a'), CHROMIUM: own })).toBe(own);
  expect(findChromium({ PATH: pathOf('a'), CHROMIUM: path.join(base, 'not-there') })).toBeNull();
});

test('a folder and a file that cannot be run are none', () => {
  mkdirSync(path.join(base, 'a/chromium'), { recursive: true });
  mkdirSync(path.join(base, 'b'));
  writeFileSync(path.join(base, 'b/chromium'), '', { mode: 0o644 });
  expect(findChromium({ PATH: pathOf('a', 'b') })).toBeNull();
  expect(findChromium({})).toBeNull();
});
