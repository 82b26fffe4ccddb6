import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maxPictureBytes } from '#contract/attachments.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openAttachments } from './folder-attachments.ts';

async function store() {
  const folder = join(await temporaryFolder(), 'attachments');
  return { folder, attachments: await openAttachments(folder) };
}

async function* inChunks(contents: Uint8Array, length = 7) {
  for (let at = 0; at < contents.length; at += length) yield await Promise.resolve(contents.subarray(at, at + length));
}

const hashOf = (contents: Uint8Array) => createHash('sha256').update(contents).digest('hex');
const fileOf = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash.slice(2));

test.each([
  ['image/png', aPicture()],
  ['image/jpeg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(5_000)])],
  ['image/webp', Buffer.concat([Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBP', 'latin1'), randomBytes(50)])],
])('keeps %s under its hash and gives it back', async (type, contents) => {
  const { folder, attachments } = await store();
  const hash = hashOf(contents);
  expect(await attachments.check(hash)).toBe('missing');
  expect(await attachments.put(inChunks(contents))).toEqual({
    ok: true,
    value: { hash, size: contents.length, type },
  });
  expect(await readFile(fileOf(folder, hash))).toEqual(Buffer.from(contents));
  expect(await attachments.check(hash)).toBe('present');
  const found = await attachments.read(hash);
  expect(found.ok && { type: found.value.type, contents: Buffer.from(found.value.contents) }).toEqual({
    type,
    contents: Buffer.from(contents),
  });
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('equal contents share one file, which is not written anew', async () => {
  const { folder, attachments } = await store();
  const contents = aPicture();
  await attachments.put(inChunks(contents));
  const first = await stat(fileOf(folder, hashOf(contents)));
  const both = await Promise.all([attachments.put(inChunks(contents)), attachments.put(inChunks(contents, 1_000))]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  expect((await stat(fileOf(folder, hashOf(contents)))).ino).toBe(first.ino);
});

test.each([
  ['nothing at all', Buffer.alloc(0)],
  ['fewer bytes than tell a type', Buffer.from('RIFF')],
  ['a text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['an animation', Buffer.from('GIF89a0000000000')],
  ['another RIFF file', Buffer.from('RIFF0000WAVEfmt ')],
])('refuses %s as no picture, and keeps nothing', async (_, contents) => {
  const { folder, attachments } = await store();
  expect(await attachments.put(inChunks(contents))).toEqual({ ok: false, error: 'not_a_picture' });
  expect(await readdir(folder)).toEqual(['incoming']);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('takes a picture of exactly the limit, and stops at the first byte too many', async () => {
  const { folder, attachments } = await store();
  const most = Buffer.concat([aPicture(), Buffer.alloc(maxPictureBytes - aPicture().length)]);
  expect(await attachments.put(inChunks(most, 65_536))).toMatchObject({ ok: true, value: { size: maxPictureBytes } });
  let asked = 0;
  async function* endless() {
    yield await Promise.resolve(aPicture());
    for (; ; asked += 1) yield Buffer.alloc(1024 * 1024);
  }
  expect(await attachments.put(endless())).toEqual({ ok: false, error: 'too_large' });
  expect(asked).toBeLessThanOrEqual(20);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('a file whose contents changed is damaged, one that is gone is missing, and the same picture mends both', async () => {
  const { folder, attachments } = await store();
  const contents = aPicture();
  const hash = hashOf(contents);
  await attachments.put(inChunks(contents));
  const file = fileOf(folder, hash);
  await writeFile(file, Buffer.concat([contents, Buffer.from('!')]));
  expect(await attachments.check(hash)).toBe('damaged');
  expect(await attachments.read(hash)).toEqual({ ok: false, error: 'damaged' });
  expect(await attachments.put(inChunks(contents))).toMatchObject({ ok: true });
  expect(await attachments.check(hash)).toBe('present');
  await writeFile(file, '');
  expect(await attachments.check(hash)).toBe('damaged');
});

test.each(['', '../../host.json', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(63)}/`])(
  '%j is no hash, and names no file',
  async (hash) => {
    const { attachments } = await store();
    expect(await attachments.check(hash)).toBe('missing');
    expect(await attachments.has(hash)).toBe(false);
  },
);

test('a sender that breaks off leaves nothing behind', async () => {
  const { folder, attachments } = await store();
  async function* brokenOff() {
    yield await Promise.resolve(aPicture());
    throw new Error('the connection is gone');
  }
  await expect(attachments.put(brokenOff())).rejects.toThrow('the connection is gone');
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('what a crash left half written is thrown away at the next start; what was kept stays', async () => {
  const { folder, attachments } = await store();
  const contents = aPicture();
  await attachments.put(inChunks(contents));
  await mkdir(join(folder, 'incoming'), { recursive: true });
  await writeFile(join(folder, 'incoming', 'half'), contents.subarray(0, 20));
  const again = await openAttachments(folder);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  expect(await again.check(hashOf(contents))).toBe('present');
});
