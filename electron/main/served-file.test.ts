import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servedFile } from './served-file.ts';

let base: string;
let root: string;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'served-')));
  root = join(base, 'renderer');
  await mkdir(join(root, 'desk'), { recursive: true });
  await mkdir(join(base, 'renderer-secret'));
  await Promise.all([
    writeFile(join(root, 'desk/index.html'), ''),
    writeFile(join(root, 'desk/a b.css'), ''),
    writeFile(join(base, 'secret.json'), ''),
    writeFile(join(base, 'renderer-secret/x.json'), ''),
  ]);
  await symlink(join(base, 'secret.json'), join(root, 'link.json'));
});
afterAll(() => rm(base, { recursive: true }));

test('files below the root are served with their type', async () => {
  expect(await servedFile(root, 'app://grid-command/desk/index.html?x=1#y')).toEqual({
    file: join(root, 'desk/index.html'),
    contentType: 'text/html; charset=utf-8',
  });
  expect((await servedFile(root, 'app://grid-command/desk/a%20b.css'))?.file).toBe(join(root, 'desk/a b.css'));
});

test.each([
  'app://grid-command/../secret.json',
  'app://grid-command/%2e%2e/secret.json',
  'app://grid-command/desk/..%2f..%2fsecret.json',
  'app://grid-command/..%2frenderer-secret%2fx.json',
  'app://grid-command/..%5csecret.json',
  'app://grid-command/..\\secret.json',
  'app://grid-command/link.json',
  'app://grid-command/desk/index.html%00.css',
  'app://grid-command/desk/%ff.css',
  'app://grid-command/desk',
  'app://grid-command/',
  'app://grid-command/desk/missing.css',
  'app://grid-command/desk/index.html/x.css',
  'app://elsewhere/desk/index.html',
  'app://user@grid-command/desk/index.html',
  'file:///desk/index.html',
  'nonsense',
])('%s is not served', async (address) => {
  expect(await servedFile(root, address)).toBeNull();
});
