import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileFor } from './static-files.ts';

const folder = '/app/out/renderer';

test.each([
  ['/', 'desk/index.html'],
  ['/desk/index.html', 'desk/index.html'],
  ['/assets/desk-C8q2FS1w.js', 'assets/desk-C8q2FS1w.js'],
  ['/assets/%E6%A1%88.svg', 'assets/案.svg'],
  ['/desk/../assets/a.css', 'assets/a.css'],
])('%s is %s', (urlPath, file) => {
  expect(fileFor(folder, urlPath)).toBe(join(folder, file));
});

test.each([
  '/../main/headless.js',
  '/..%2fmain/headless.js',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/../renderer-of-somebody-else/index.html',
  '/desk/index.html%00.js',
  '/%E0%A4%A',
])('%s leads to no file', (urlPath) => {
  expect(fileFor(folder, urlPath)).toBeNull();
});
