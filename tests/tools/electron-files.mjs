import { createHash } from 'node:crypto';

const FUSE_SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const FUSE_VERSION = 1;

/**
 * Sets fuses in the bytes of an Electron executable, in place. After the sentinel come the wire's version, the number of
 * fuses, and one character per fuse: '0' off, '1' on, 'r' removed.
 * Source: https://www.electronjs.org/docs/latest/tutorial/fuses
 *
 * @param {Buffer} bytes
 * @param {Readonly<Record<number, boolean>>} wanted fuse number → on or off
 * @throws Error if there is no fuse wire of the known version, or not that many fuses
 */
export function setFuses(bytes, wanted) {
  const at = bytes.indexOf(FUSE_SENTINEL);
  if (at < 0) throw new Error('no fuse wire in this executable');
  const version = bytes[at + FUSE_SENTINEL.length];
  if (version !== FUSE_VERSION) throw new Error(`fuse wire of version ${version}, only ${FUSE_VERSION} is known`);
  const count = bytes[at + FUSE_SENTINEL.length + 1] ?? 0;
  for (const [number, isOn] of Object.entries(wanted)) {
    if (Number(number) >= count) throw new Error(`fuse ${number} asked for, the wire has ${count}`);
    bytes[at + FUSE_SENTINEL.length + 2 + Number(number)] = (isOn ? '1' : '0').charCodeAt(0);
  }
}

/**
 * An asar archive of a few text files: two length-prefixed headers ("pickles"), then the files end to end.
 *
 * @param {Readonly<Record<string, string>>} contents file name → text
 * @returns {Buffer}
 */
export function asarArchive(contents) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  const bodies = [];
  let offset = 0;
  for (const [name, text] of Object.entries(contents)) {
    const body = Buffer.from(text);
    files[name] = { size: body.length, offset: String(offset) };
    bodies.push(body);
    offset += body.length;
  }
  const json = Buffer.from(JSON.stringify({ files }));
  const padded = Math.ceil(json.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  for (const [index, length] of [4, 8 + padded, 4 + padded, json.length].entries())
    head.writeUInt32LE(length, index * 4);
  json.copy(head, 16);
  return Buffer.concat([head, ...bodies]);
}

/**
 * @param {Buffer} bytes
 * @param {string} integrity as npm writes it: `sha512-` and the sum in base64
 * @param {string} name for the message
 * @throws Error if the bytes are not those that were pinned
 */
export function requireIntegrity(bytes, integrity, name) {
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} is refused: it has the sum ${found}, pinned is ${integrity}`);
}
