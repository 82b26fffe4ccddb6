import type { PictureType } from '#host/ports/attachments.ts';

/** `RIFF` and `WEBP` in ASCII. */
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** So many bytes tell every type. */
export const HEAD_BYTES = 12;

/** The type that the first bytes of a file say; null for anything but JPEG, PNG and WebP. */
export function pictureType(head: Uint8Array): PictureType | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  const isRiff = startsWith(head, RIFF);
  return isRiff && startsWith(head.subarray(8), WEBP) ? 'image/webp' : null;
}

function startsWith(bytes: Uint8Array, wanted: readonly number[]): boolean {
  return bytes.length >= wanted.length && wanted.every((byte, index) => bytes[index] === byte);
}
