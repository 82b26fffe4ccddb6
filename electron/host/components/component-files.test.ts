import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ComponentPacker, unpackComponents } from '#contract/component-file.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { madeComponents } from '#tests/builders/component-file.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { checkComponents, openComponents } from './component-files.ts';

const importedAt = Date.parse('2026-11-30T02:00:00Z');

function packed(rows: number): Uint8Array {
  const packer = new ComponentPacker();
  for (const component of madeComponents({ rows })) packer.add(component);
  return packer.pack({ importedAt, system: 'wgs84' });
}

async function opened(folder?: string) {
  const inside = folder ?? join(await temporaryFolder(), 'components');
  const health = new HealthRegister(new ManualClock(importedAt));
  return { folder: inside, health, store: await openComponents(inside, health) };
}

test('an inventory is kept under its moment and hash, and is there after a start', async () => {
  const { folder, store } = await opened();
  expect(store.list()).toEqual([]);
  const version = await store.keep(packed(5), importedAt);
  expect(version).toMatch(/^20261130T020000000Z-[0-9a-f]{16}$/);
  const again = await opened(folder);
  expect(again.store.list()).toEqual([{ version, importedAt, bytes: packed(5).length, count: 5, state: 'whole' }]);
  expect(unpackComponents((await again.store.read(version)) ?? new Uint8Array()).count).toBe(5);
  expect(await again.store.read('20261130T020000000Z-0123456789abcdef')).toBeNull();
});

test('what a crash left half-made is swept, other files are left alone', async () => {
  const { folder, store } = await opened();
  await store.keep(packed(1), importedAt);
  await writeFile(join(folder, '20261130T020000001Z-0123456789abcdef.half-made'), 'half');
  await writeFile(join(folder, 'notes.txt'), 'ours');
  await opened(folder);
  expect((await readdir(folder)).map((name) => name.replace(/-.*/, ''))).toEqual(['20261130T020000000Z', 'notes.txt']);
});

test('a flipped byte is a health fact at the start and when it is read; verify names the file', async () => {
  const { folder, store, health } = await opened();
  const version = await store.keep(packed(5), importedAt);
  const path = join(folder, `${version}.components`);
  const bytes = await readFile(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(path, bytes);
  expect(await store.read(version)).toBeNull();
  expect(health.list()).toMatchObject([{ code: 'components_damaged', detail: { version, number: '1' } }]);
  const again = await opened(folder);
  expect(again.health.list()).toMatchObject([{ code: 'components_damaged' }]);
  expect(again.store.list()).toMatchObject([{ version, count: null, state: 'damaged' }]);
  expect(await checkComponents(folder)).toEqual({ files: 1, damaged: [`${version}.components`] });
});

test('one that is taken off is kept, checked by verify, and drawn no more', async () => {
  const { folder, store } = await opened();
  const version = await store.keep(packed(5), importedAt);
  expect(await store.withdraw(version)).toBe(true);
  expect(await store.withdraw(version)).toBe(false);
  expect([store.list(), await store.read(version)]).toEqual([[], null]);
  expect(await checkComponents(folder)).toEqual({ files: 1, damaged: [] });
});

test('without a folder there is nothing; a folder that is a file keeps nothing', async () => {
  const folder = await temporaryFolder();
  expect(await checkComponents(join(folder, 'none'))).toBeNull();
  const { store } = await opened(join(folder, 'inside'));
  await writeFile(join(folder, 'inside'), 'a file');
  await expect(store.keep(packed(1), importedAt)).rejects.toThrow();
  await mkdir(join(folder, 'other'));
  expect(store.list()).toEqual([]);
});
