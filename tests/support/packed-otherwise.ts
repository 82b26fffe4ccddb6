import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { BLOCK_HEAD_BYTES, decodeBlock, encodeBlock, PACKED_HEAD_BYTES } from '#host/journal/local/packed-format.ts';

/** The same segment packed to other bytes, as another run of zlib may give them. */
export function packedOtherwise(packed: Buffer): Buffer {
  const pieces = [packed.subarray(0, PACKED_HEAD_BYTES)];
  for (let at = PACKED_HEAD_BYTES; at < packed.length;) {
    const block = decodeBlock(packed, at, 0);
    if (block === null) throw new Error(`no block at ${at}`);
    const from = at + BLOCK_HEAD_BYTES;
    const plain = inflateRawSync(packed.subarray(from, from + block.packedBytes));
    pieces.push(encodeBlock(block.from, block.plainBytes, deflateRawSync(plain, { level: 1 })));
    at = from + block.packedBytes;
  }
  return Buffer.concat(pieces);
}
