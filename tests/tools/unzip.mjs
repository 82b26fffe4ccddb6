import { closeSync, mkdirSync, openSync, readSync, fstatSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LONGEST_END = 65_557;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks a zip file (no zip64, no encryption), since a bare machine has no `unzip`. Keeps the executable bit.
 *
 * @param {string} zipFile
 * @param {string} folder
 * @param {(name: string) => boolean} isWanted by the entry's path, which uses `/`
 * @throws Error if the file is no readable zip, or an entry would leave the folder
 */
export function unzip(zipFile, folder, isWanted) {
  const handle = openSync(zipFile, 'r');
  try {
    for (const entry of readDirectory(handle)) {
      if (entry.name.endsWith('/') || !isWanted(entry.name)) continue;
      const target = path.resolve(folder, entry.name);
      if (!target.startsWith(path.resolve(folder) + path.sep))
        throw new Error(`${zipFile}: ${entry.name} leaves the folder`);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, readEntry(handle, entry), { mode: entry.mode === 0 ? 0o644 : entry.mode });
    }
  } finally {
    closeSync(handle);
  }
}

/** @typedef {{ name: string, mode: number, method: number, packed: number, size: number, offset: number }} Entry */

/** @param {number} handle @returns {Entry[]} */
function readDirectory(handle) {
  const { size } = fstatSync(handle);
  const tail = readAt(handle, Math.max(0, size - LONGEST_END), Math.min(size, LONGEST_END));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('not a zip file: it has no directory');

  const count = tail.readUInt16LE(end + 10);
  const directory = readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('broken zip directory');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param {number} handle @param {Entry} entry @returns {Buffer} */
function readEntry(handle, entry) {
  const header = readAt(handle, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(handle, start, entry.packed);
  if (entry.method !== STORED && entry.method !== DEFLATED)
    throw new Error(`${entry.name}: unknown packing ${entry.method}`);
  const bytes = entry.method === STORED ? packed : inflateRawSync(packed);
  if (bytes.length !== entry.size) throw new Error(`${entry.name}: ${bytes.length} bytes, ${entry.size} expected`);
  return bytes;
}

/** @param {number} handle @param {number} position @param {number} length @returns {Buffer} */
function readAt(handle, position, length) {
  const bytes = Buffer.alloc(length);
  if (readSync(handle, bytes, 0, length, position) !== length) throw new Error('the zip file ends too early');
  return bytes;
}
