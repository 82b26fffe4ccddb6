import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { diskFiles } from '#host/journal/local/journal-files.ts';
import { powerCutFiles } from './power-cut.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SECTOR = 512;
const letters = (text: string) => Buffer.concat(Array.from(text, (letter) => Buffer.alloc(SECTOR, letter)));
/** One letter for each sector; `.` is a hole, `?` a sector that is torn itself. */
const shownAs = (bytes: Buffer) =>
  Array.from({ length: Math.ceil(bytes.length / SECTOR) }, (_, at) => {
    const sector = new Set(bytes.subarray(at * SECTOR, (at + 1) * SECTOR));
    const [letter = 0] = sector;
    if (sector.size > 1) return '?';
    return letter === 0 ? '.' : String.fromCharCode(letter);
  }).join('');

test('what was synced stays; what was not is kept, dropped, torn, and kept without what came before it', async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 300; seed += 1) {
    const folder = await temporaryFolder({ isInMemory: true });
    const disk = powerCutFiles(diskFiles, { random: new Random(seed) });
    const files = disk.open();
    const file = await files.open(join(folder, 'a'), 'create');
    await file.write(letters('SS'), 0);
    await file.dataSync();
    await files.syncFolder(folder);
    await file.write(letters('abc'), 2 * SECTOR);
    await file.write(letters('de'), 5 * SECTOR);
    await disk.cut();
    const shown = shownAs(await readFile(join(folder, 'a')));
    expect(shown).toMatch(/^SS/);
    seen.add(shown);
  }
  for (const wanted of ['SS', 'SSabc', 'SSabcde', 'SS...de']) expect(seen).toContain(wanted);
  expect(
    [...seen].some((shown) => /^SS(a\.c|\.b)/.test(shown)),
    'sectors out of order',
  ).toBe(true);
  expect(
    [...seen].some((shown) => /^SS\.+$/.test(shown)),
    'a length without its bytes',
  ).toBe(true);
  expect(
    [...seen].some((shown) => shown.includes('?')),
    'a cut within a sector',
  ).toBe(true);
});

test('names hang on the sync of their folder alone, each by itself', async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 60; seed += 1) {
    const folder = await temporaryFolder({ isInMemory: true });
    const disk = powerCutFiles(diskFiles, { random: new Random(seed) });
    const files = disk.open();
    for (const name of ['old', 'moved']) await (await files.open(join(folder, name), 'create')).dataSync();
    await files.syncFolder(folder);
    await (await files.open(join(folder, 'new'), 'create')).dataSync();
    await files.rename(join(folder, 'moved'), join(folder, 'renamed'));
    await files.remove(join(folder, 'old'));
    await files.makeFolder(join(folder, 'made'));
    await disk.cut();
    seen.add((await readdir(folder)).sort().join(' '));
  }
  expect(seen).toContain('moved old');
  expect(seen).toContain('made new renamed');
  expect(seen).toContain('made moved old');
  expect([...seen].filter((names) => names.includes('moved') && names.includes('renamed'))).toEqual([]);
});

test('after a kill what was written is read, and still not promised', async () => {
  const folder = await temporaryFolder({ isInMemory: true });
  const disk = powerCutFiles(diskFiles);
  const file = await disk.open().open(join(folder, 'a'), 'create');
  await file.write(letters('a'), 0);
  disk.stopAt(1);
  await expect(file.dataSync()).rejects.toThrow('the power is gone');
  await expect(file.write(letters('b'), 0)).rejects.toThrow('the power is gone');
  await disk.kill();
  expect(shownAs(await readFile(join(folder, 'a')))).toBe('a');
  await disk.cut();
  expect(await readdir(folder)).toEqual([]);
});
