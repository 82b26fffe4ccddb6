import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { secretFromKeyStore, type KeyStore } from './key-store.ts';

/** Stands for the system's key store: each backend has a key of its own, and knows what it sealed. */
function store(backend: string, isAvailable = true): KeyStore {
  return {
    isEncryptionAvailable: () => isAvailable,
    backend: () => backend,
    encryptString: (plain) => Buffer.from(`${backend}|${Buffer.from(plain).toString('hex')}`),
    decryptString: (encrypted) => {
      const [name, hex = ''] = encrypted.toString().split('|');
      if (name !== backend) throw new Error('sealed by another');
      return Buffer.from(hex, 'hex').toString();
    },
  };
}

async function aFile() {
  const lines: string[] = [];
  return {
    file: join(await temporaryFolder(), 'shell', 'key.json'),
    lines,
    report: (line: string) => lines.push(line),
  };
}

test('the first start makes a random key, the next ones have the same; the file holds it wrapped, for its owner alone', async () => {
  const { file, lines, report } = await aFile();
  const first = secretFromKeyStore(file, store('gnome_libsecret'), report);
  if (first.kind !== 'key') throw new Error('no key');
  expect(Buffer.from(first.key, 'base64')).toHaveLength(32);
  expect(secretFromKeyStore(file, store('gnome_libsecret'), report)).toEqual(first);
  expect(readFileSync(file, 'utf8')).not.toContain(first.key);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(lines).toEqual([]);
});

test.each([
  ['basic_text', true],
  ['unknown', true],
  ['gnome_libsecret', false],
])(
  'a key store that does not encrypt (%s, available %s) gives no key and writes none',
  async (backend, isAvailable) => {
    const { file, report } = await aFile();
    expect(secretFromKeyStore(file, store(backend, isAvailable), report)).toEqual({
      kind: 'none',
      reason: 'no_key_store',
    });
    expect(() => readFileSync(file)).toThrow('ENOENT');
  },
);

test.each([
  ['another backend', store('kwallet6'), 'kwallet6 does not open it'],
  ['none that encrypts', store('basic_text'), 'no key store that encrypts (basic_text)'],
  ['none at all', store('gnome_libsecret', false), 'no key store that encrypts'],
])('a kept key under %s is explained, and nothing is put in its place', async (_, other, words) => {
  const { file, lines, report } = await aFile();
  secretFromKeyStore(file, store('gnome_libsecret'), report);
  const before = readFileSync(file, 'utf8');
  expect(secretFromKeyStore(file, other, report)).toEqual({ kind: 'none', reason: 'other_key' });
  expect(lines.join()).toContain('wrapped by gnome_libsecret');
  expect(lines.join()).toContain(words);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a damaged file is left as it is', async () => {
  const { file, lines, report } = await aFile();
  secretFromKeyStore(file, store('keychain'), report);
  writeFileSync(file, '{"version":1');
  expect(secretFromKeyStore(file, store('keychain'), report)).toEqual({ kind: 'none', reason: 'other_key' });
  expect(lines.join()).toContain('damaged');
  expect(readFileSync(file, 'utf8')).toBe('{"version":1');
});
