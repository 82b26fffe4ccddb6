import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unzip } from './unzip.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unzip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('stored and packed entries come out with their mode, unwanted ones stay', () => {
  const file = zipFile([
    { name: 'app/run', text: 'echo 1', mode: 0o755, isPacked: false },
    { name: 'app/long.txt', text: 'x'.repeat(10_000), mode: 0o644, isPacked: true },
    { name: 'app/secret', text: 'no', mode: 0o644, isPacked: false },
  ]);
  unzip(file, folder, (name) => name !== 'app/secret');
  expect(readFileSync(path.join(folder, 'app/run'), 'utf8')).toBe('echo 1');
  expect(statSync(path.join(folder, 'app/run')).mode & 0o777).toBe(0o755);
  expect(readFileSync(path.join(folder, 'app/long.txt'), 'utf8')).toBe('x'.repeat(10_000));
  expect(() => statSync(path.join(folder, 'app/secret'))).toThrow('ENOENT');
});

test('an entry that would leave the folder is refused', () => {
  const file = zipFile([{ name: '../outside', text: 'no', mode: 0o644, isPacked: false }]);
  expect(() => unzip(file, path.join(folder, 'inner'), () => true)).toThrow('leaves the folder');
  expect(() => statSync(path.join(folder, 'outside'))).toThrow('ENOENT');
});

test('what is no zip file, or ends too early, is refused', () => {
  const file = path.join(folder, 'x.zip');
  writeFileSync(file, 'not a zip file at all, but long enough');
  expect(() => unzip(file, folder, () => true)).toThrow('not a zip file');
  const whole = readFileSync(zipFile([{ name: 'a', text: 'text', mode: 0o644, isPacked: false }]));
  writeFileSync(file, whole.subarray(8));
  expect(() => unzip(file, folder, () => true)).toThrow(/ends too early|broken zip directory/);
});

interface ZipEntry {
  readonly name: string;
  readonly text: string;
  readonly mode: number;
  readonly isPacked: boolean;
}

function zipFile(entries: readonly ZipEntry[]): string {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const plain = Buffer.from(entry.text);
    const body = entry.isPacked ? deflateRawSync(plain) : plain;
    const about = Buffer.alloc(26);
    about.writeUInt16LE(entry.isPacked ? 8 : 0, 4);
    about.writeUInt32LE(body.length, 14);
    about.writeUInt32LE(plain.length, 18);
    about.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), about, name, body]);
    const central = Buffer.alloc(46);
    central.write('PK\u0001\u0002', 'latin1');
    about.copy(central, 6);
    central.writeUInt32LE((entry.mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    parts.push(local);
    directory.push(central, name);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  const file = path.join(folder, 'made.zip');
  writeFileSync(file, Buffer.concat([...parts, listing, end]));
  return file;
}
