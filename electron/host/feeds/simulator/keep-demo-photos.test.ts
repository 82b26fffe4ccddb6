import { readdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { refused } from '#domain/base/result.ts';
import { systemClock } from '#host/clock/system-clock.ts';
import { openAttachments } from '#host/attachments/folder-attachments.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { keepDemoPhotos } from './keep-demo-photos.ts';

const shipped = resolve(import.meta.dirname, '../../../../resources/demo-photos');

test('the pictures that ship are small, there is one of each kind, and all of them are kept', async () => {
  const attachments = await openAttachments(await temporaryFolder(), { clock: systemClock, isNew: true });
  const kept = await keepDemoPhotos(shipped, attachments);
  if (!kept.ok) throw new Error(kept.error);
  const hashes = Object.values(kept.value).flat();
  const names = await readdir(shipped);
  expect(hashes).toHaveLength(names.length);
  expect(await Promise.all(hashes.map((hash) => attachments.check(hash)))).toEqual(hashes.map(() => 'present'));
  for (const name of names) expect((await stat(join(shipped, name))).size, name).toBeLessThan(20 * 1024);
});

test('a folder that lacks a kind, and one that holds something else, say so', async () => {
  const attachments = await openAttachments(await temporaryFolder(), { clock: systemClock, isNew: true });
  const folder = await temporaryFolder();
  expect(await keepDemoPhotos(join(folder, 'nowhere'), attachments)).toEqual(refused('file_unreadable'));
  await writeFile(join(folder, 'near-1.jpg'), 'no picture at all');
  expect(await keepDemoPhotos(folder, attachments)).toEqual(refused('file_unreadable'));
});

test('a full disk is told as such', async () => {
  const attachments = await openAttachments(await temporaryFolder(), { clock: systemClock, isNew: true });
  const full = { ...attachments, put: () => Promise.resolve(refused('disk_full' as const)) };
  expect(await keepDemoPhotos(shipped, full)).toEqual(refused('attachment_disk_full'));
});
