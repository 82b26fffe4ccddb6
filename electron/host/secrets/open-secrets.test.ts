import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HostSecret } from '#contract/host-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { changePassPhrase, openSecrets } from './open-secrets.ts';

/** The least that is allowed, so that the tests wait for little. */
const hardness = { memoryKiB: 19_456, passes: 2 };
const phrase = (text: string): HostSecret => ({ kind: 'pass_phrase', text });
const stored = (key: Buffer, backend = 'keychain'): HostSecret => ({
  kind: 'key',
  key: key.toString('base64'),
  backend,
});

async function folder() {
  const file = join(await temporaryFolder(), 'people', 'master.json');
  const open = (secret: HostSecret, isNew = false) => openSecrets(file, secret, hardness).masterKey(isNew);
  /** What the key makes of one text: equal keys alone make the same. */
  const mark = async (secret: HostSecret, isNew = false) => {
    const opened = await open(secret, isNew);
    return opened.ok ? opened.value.hash('people.phones', '13812341234') : opened.error;
  };
  const change = (from: string, to: string) => changePassPhrase(file, { from, to }, hardness);
  return { file, open, mark, change };
}

test('a pass-phrase opens the key that it was begun with, however it is composed; the file is its owner’s and holds neither', async () => {
  const { file, mark } = await folder();
  const first = await mark(phrase('ÄÖÜ correct horse'), true);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await mark(phrase('ÄÖÜ correct horse'.normalize('NFD')))).toBe(first);
  expect(await readFile(file, 'utf8')).not.toContain('horse');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a wrong pass-phrase is told, and the wrapped key stays as it was', async () => {
  const { file, mark } = await folder();
  await mark(phrase('correct horse'), true);
  const before = await readFile(file, 'utf8');
  for (const isNew of [true, false]) {
    await expect(mark(phrase('another horse'), isNew)).rejects.toThrow('does not open the personal data');
  }
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('another pass-phrase opens the same key, the one before opens nothing, and a wrong one changes nothing', async () => {
  const { file, mark, change } = await folder();
  const first = await mark(phrase('correct horse'), true);
  const before = await readFile(file, 'utf8');
  await expect(change('another horse', 'battery staple')).rejects.toThrow('does not open the personal data');
  expect(await readFile(file, 'utf8')).toBe(before);
  const old = await open(file, 'r');
  await change('correct horse', 'battery staple');
  expect(await mark(phrase('battery staple'))).toBe(first);
  await expect(mark(phrase('correct horse'))).rejects.toThrow('does not open the personal data');
  if (process.platform !== 'win32') {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    // Nothing of the old file is left on the disk for who knows the old pass-phrase.
    expect(await old.readFile()).toEqual(Buffer.alloc(before.length));
  }
  await old.close();
});

test('a change that ends half-way leaves the old pass-phrase valid, and the next one is made', async () => {
  const { file, mark, change } = await folder();
  const first = await mark(phrase('correct horse'), true);
  // As a crash before the renaming leaves it, or a disk that takes no more.
  await writeFile(`${file}.half-made`, '{"version":1,');
  expect(await mark(phrase('correct horse'))).toBe(first);
  await rm(`${file}.half-made`);
  await mkdir(`${file}.half-made`);
  await expect(change('correct horse', 'battery staple')).rejects.toThrow('EISDIR');
  expect(await mark(phrase('correct horse'))).toBe(first);
  await rmdir(`${file}.half-made`);
  await change('correct horse', 'battery staple');
  expect(await mark(phrase('battery staple'))).toBe(first);
});

test('there is nothing to change before the first start, under a key store, or in a damaged file', async () => {
  const { file, mark, change } = await folder();
  await expect(change('correct horse', 'battery staple')).rejects.toThrow('holds no personal data yet');
  await mark(stored(randomBytes(32)), true);
  await expect(change('correct horse', 'battery staple')).rejects.toThrow('key store keychain');
  await writeFile(file, '{');
  await expect(change('correct horse', 'battery staple')).rejects.toThrow('damaged');
});

test('the key of the key store is recognised; another one is not taken, nor put in its place', async () => {
  const { file, mark } = await folder();
  const key = randomBytes(32);
  const first = await mark(stored(key), true);
  expect(await mark(stored(key))).toBe(first);
  expect(await readFile(file, 'utf8')).not.toContain(key.toString('base64'));
  expect(await mark(stored(randomBytes(32)), true)).toBe('other_key');
  expect(await mark(stored(key))).toBe(first);
});

test('each way of starting says what it finds of the other', async () => {
  const byPhrase = await folder();
  await byPhrase.mark(phrase('correct horse'), true);
  expect(await byPhrase.mark(stored(randomBytes(32)))).toBe('locked');
  const byStore = await folder();
  await byStore.mark(stored(randomBytes(32), 'kwallet6'), true);
  await expect(byStore.mark(phrase('correct horse'))).rejects.toThrow('key store kwallet6');
});

test('without a secret: none is made, and what was kept is locked', async () => {
  const { mark } = await folder();
  expect(await mark({ kind: 'none', reason: 'no_secret' }, true)).toBe('no_secret');
  expect(await mark({ kind: 'none', reason: 'no_key_store' }, true)).toBe('no_key_store');
  expect(await mark({ kind: 'none', reason: 'other_key' }, true)).toBe('other_key');
  expect(await mark({ kind: 'none', reason: 'no_secret' }, false)).toBe('locked');
  await mark(phrase('correct horse'), true);
  expect(await mark({ kind: 'none', reason: 'no_secret' }, true)).toBe('locked');
});

test.each([phrase('correct horse'), stored(randomBytes(32))])(
  'no new key over old data: a wrapped key that is gone or damaged is damage ($kind)',
  async (secret) => {
    const { file, mark } = await folder();
    expect(await mark(secret, false)).toBe('damaged');
    await mark(secret, true);
    for (const text of ['{', '{"version":1,"kind":"pass_phrase","hardness":{"memoryKiB":8,"passes":1}}']) {
      await writeFile(file, text);
      expect(await mark(secret, true)).toBe('damaged');
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  },
);

test('what is sealed opens for its purpose and its subject alone, and for no other byte', async () => {
  const { open } = await folder();
  const opened = await open(phrase('correct horse'), true);
  if (!opened.ok) throw new Error(opened.error);
  const sealer = opened.value.sealer('people.keys');
  const sealed = Buffer.from(sealer.seal(Buffer.from('王小明'), 'a'));
  expect(Buffer.from(sealer.open(sealed, 'a') ?? []).toString()).toBe('王小明');
  expect(sealer.open(sealed, 'b')).toBeNull();
  expect(opened.value.sealer('other').open(sealed, 'a')).toBeNull();
  expect(sealer.open(sealed.subarray(0, 20), 'a')).toBeNull();
  for (let at = 0; at < sealed.length; at += 1) {
    const flipped = Buffer.from(sealed);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    expect(sealer.open(flipped, 'a')).toBeNull();
  }
  expect(sealer.seal(Buffer.from('王小明'), 'a')).not.toEqual(sealed);
});
