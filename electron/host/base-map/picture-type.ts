import { crc32 } from 'node:zlib';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum of a PNG chunk. */
const CHUNK_EXTRA = 12;

/**
 * The kind of picture that the bytes are, told by their beginning and their end; null: none, or not a whole one. Each chunk
 * of a PNG carries a checksum; a JPEG must reach its end mark, a WebP the length that it states.
 */
export function pictureTypeOf(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.subarray(0, PNG.length).equals(PNG)) return isWholePng(view) ? 'image/png' : null;
  if (view.length > 4 && view.readUInt16BE(0) === 0xffd8) return hasJpegEnd(view) ? 'image/jpeg' : null;
  const isRiff = view.length >= 16 && view.toString('latin1', 0, 4) === 'RIFF';
  if (isRiff && view.toString('latin1', 8, 12) === 'WEBP') {
    return view.readUInt32LE(4) + 8 <= view.length ? 'image/webp' : null;
  }
  return null;
}

/** Bytes that look like a vector tile, packed or not: gzip, or a protocol buffer whose first field is a layer. */
export function looksLikeVector(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b) || bytes[0] === 0x1a;
}

function isWholePng(view: Buffer): boolean {
  let at = PNG.length;
  while (at + CHUNK_EXTRA <= view.length) {
    const length = view.readUInt32BE(at);
    const end = at + CHUNK_EXTRA + length;
    if (end > view.length) return false;
    if (crc32(view.subarray(at + 4, end - 4)) !== view.readUInt32BE(end - 4)) return false;
    if (view.toString('latin1', at + 4, at + 8) === 'IEND') return true;
    at = end;
  }
  return false;
}

/** Some writers fill up with a few bytes behind the end. */
function hasJpegEnd(view: Buffer): boolean {
  return view.subarray(-64).includes(Buffer.from([0xff, 0xd9]));
}
