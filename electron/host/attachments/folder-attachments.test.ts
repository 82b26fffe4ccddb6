import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { maxPictureBytes } from '#contract/attachments.ts';
import { DAY_MS, instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import { aPicture } from '#tests/builders/pictures.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openAttachments } from './folder-attachments.ts';

async function store(isNew = true) {
  const folder = join(await temporaryFolder(), 'attachments');
  const clock = new ManualClock(1_800_000_000_000);
  const open = () => openAttachments(folder, { clock, isNew: false });
  return { folder, clock, open, attachments: await openAttachments(folder, { clock, isNew }) };
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
  expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual(['incoming']);
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
  const { folder, attachments, open } = await store();
  const contents = aPicture();
  await attachments.put(inChunks(contents));
  await mkdir(join(folder, 'incoming'), { recursive: true });
  await writeFile(join(folder, 'incoming', 'half'), contents.subarray(0, 20));
  const again = await open();
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  expect(await again.check(hashOf(contents))).toBe('present');
});

describe('the sweep', () => {
  const picture = (serial: number) => Buffer.concat([aPicture(), Buffer.from(String(serial))]);
  type Store = Awaited<ReturnType<typeof store>>;

  async function handedIn({ attachments }: Pick<Store, 'attachments'>, serial: number): Promise<string> {
    const stored = await attachments.put(inChunks(picture(serial), 100));
    if (!stored.ok) throw new Error(stored.error);
    return stored.value.hash;
  }

  /** Half an hour more than a day later, after a restart. */
  async function aDayLater({ clock, open }: Store) {
    clock.advance(DAY_MS + 1);
    const again = await open();
    return { again, swept: await again.sweep(instant(clock.now() - DAY_MS)) };
  }

  test('takes what nobody named for a day, and leaves what is younger, claimed, or was handed in again', async () => {
    const given = await store();
    const [left, claimed, again] = [await handedIn(given, 1), await handedIn(given, 2), await handedIn(given, 3)];
    expect(await given.attachments.claim([claimed, claimed])).toEqual(ok(null));
    given.clock.advance(DAY_MS - 1);
    expect(await given.attachments.sweep(instant(given.clock.now() - DAY_MS))).toBe(0);
    const young = await handedIn(given, 4);
    expect(await handedIn(given, 3)).toBe(again);
    given.clock.advance(2);
    expect(await given.attachments.sweep(instant(given.clock.now() - DAY_MS))).toBe(1);
    const states = [left, claimed, again, young].map((hash) => given.attachments.check(hash));
    expect(await Promise.all(states)).toEqual(['missing', 'present', 'present', 'present']);
    expect(await given.attachments.claim([claimed, left])).toEqual({
      ok: false,
      error: { code: 'attachment_missing', detail: { hash: left } },
    });
    // What was swept may come again.
    expect(await handedIn(given, 1)).toBe(left);
    expect(await given.attachments.claim([left])).toEqual(ok(null));
    expect((await aDayLater(given)).swept).toBe(2);
  });

  test('never takes what was claimed, though its file was lost or damaged and the photo is handed in again', async () => {
    const given = await store();
    const [lost, damaged] = [await handedIn(given, 1), await handedIn(given, 2)];
    await given.attachments.claim([lost, damaged]);
    await rm(fileOf(given.folder, lost));
    await writeFile(fileOf(given.folder, damaged), 'damaged');
    for (const serial of [1, 2]) await handedIn(given, serial);
    const { again, swept } = await aDayLater(given);
    expect([swept, await again.check(lost), await again.check(damaged)]).toEqual([0, 'present', 'present']);
  });

  test('in a folder from before there was a list nothing is noted, since its journal may name anything', async () => {
    const given = await store(false);
    const hash = await handedIn(given, 1);
    await rm(fileOf(given.folder, hash));
    await handedIn(given, 1);
    const { again, swept } = await aDayLater(given);
    expect([swept, await again.check(hash)]).toEqual([0, 'present']);
  });

  test('a claim and the sweep at the same time: the photo is there, or the command is refused', async () => {
    const given = await store();
    const hashes = await Promise.all(Array.from({ length: 20 }, (_, serial) => handedIn(given, serial)));
    given.clock.advance(DAY_MS + 1);
    const sweeping = given.attachments.sweep(instant(given.clock.now() - DAY_MS));
    const claims = await Promise.all(hashes.map((hash) => given.attachments.claim([hash])));
    const swept = await sweeping;
    const states = await Promise.all(hashes.map((hash) => given.attachments.check(hash)));
    expect(states).toEqual(claims.map((claim) => (claim.ok ? 'present' : 'missing')));
    expect(states.filter((state) => state === 'missing')).toHaveLength(swept);
  });

  describe('after a crash', () => {
    test('between the note and the file: nothing is there, and the photo handed in later is as old as it is', async () => {
      const given = await store();
      const hash = await handedIn(given, 1);
      await rm(fileOf(given.folder, hash));
      given.clock.advance(DAY_MS);
      const again = await given.open();
      await handedIn({ attachments: again }, 1);
      given.clock.advance(1);
      expect(await again.sweep(instant(given.clock.now() - DAY_MS))).toBe(0);
      expect(await again.check(hash)).toBe('present');
      expect((await aDayLater(given)).swept).toBe(1);
    });

    test('with half a note: it counts as none, and the next one is whole', async () => {
      const given = await store();
      const offered = join(given.folder, '.offered');
      const hash = await handedIn(given, 1);
      await writeFile(offered, (await readFile(offered, 'utf8')).slice(0, -5));
      expect((await aDayLater(given)).swept).toBe(0);
      await rm(fileOf(given.folder, hash));
      await handedIn({ attachments: await given.open() }, 1);
      expect((await aDayLater(given)).swept).toBe(1);
    });

    test('between the claim and its command, and before the note is gone: the photo stays', async () => {
      const given = await store();
      const offered = join(given.folder, '.offered');
      const hash = await handedIn(given, 1);
      const note = await readFile(offered);
      await given.attachments.claim([hash]);
      await writeFile(offered, note);
      const { again, swept } = await aDayLater(given);
      expect([swept, await again.check(hash)]).toEqual([0, 'present']);
    });

    test('with half a claim: no command was decided, so it is none', async () => {
      const given = await store();
      const hash = await handedIn(given, 1);
      await given.attachments.claim([hash]);
      const list = join(given.folder, '.named', `${hash.slice(0, 3)}.log`);
      await writeFile(list, (await readFile(list, 'utf8')).slice(0, -9));
      const again = await given.open();
      expect(await again.claim([hash])).toEqual(ok(null));
      const { swept } = await aDayLater(given);
      expect([swept, await again.check(hash)]).toEqual([0, 'present']);
    });

    test('between the removal and the note: the note is passed over', async () => {
      const given = await store();
      const offered = join(given.folder, '.offered');
      await handedIn(given, 1);
      const note = await readFile(offered);
      expect((await aDayLater(given)).swept).toBe(1);
      await writeFile(offered, note);
      expect((await aDayLater(given)).swept).toBe(0);
      expect((await readFile(offered, 'utf8')).trim()).toBe('');
    });
  });
});
