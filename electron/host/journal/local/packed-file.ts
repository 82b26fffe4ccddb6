import { promisify } from 'node:util';
import { constants, crc32, inflateRaw } from 'node:zlib';
import type { JournalFile } from './journal-files.ts';
import {
  BLOCK_BYTES,
  BLOCK_HEAD_BYTES,
  decodeBlock,
  decodePackedHead,
  findBlockMagic,
  PACKED_HEAD_BYTES,
  type Block,
  type PackedHead,
} from './packed-format.ts';

const inflate = promisify(inflateRaw);

/** Blocks that are unpacked ahead of a reading in order, by other threads: as many as one read of a walk needs. */
const BLOCKS_AHEAD = 9;
/** Blocks kept unpacked: of one read, and of the next. */
const KEPT_BLOCKS = 2 * BLOCKS_AHEAD + 2;

/** Less zlib does not take. */
const MIN_CHUNK_BYTES = constants.Z_MIN_CHUNK;

/** Bytes of a packed file that are not as they were written, and which bytes of its contents that costs. */
export interface PackedFault {
  /** In the packed file. */
  readonly at: number;
  /** In the contents; `from` = `to`: nothing is lost. */
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** Where the blocks of a packed file are; found once, kept with the segment. */
export interface PackedIndex {
  readonly head: PackedHead | string;
  readonly blocks: readonly Block[];
  readonly plainBytes: number;
  /** Faults between the blocks; those inside are found when a block is read. */
  readonly faults: readonly PackedFault[];
}

/**
 * A packed segment as the plain file it was. What a bad block held reads as zeros, which no record begins with: readers
 * find a broken record there and whole ones behind it. Nothing can be written.
 */
export class PackedFile implements JournalFile {
  readonly #file: JournalFile;
  readonly index: PackedIndex;
  readonly #blocks = new Map<Block, Promise<Buffer | null>>();
  /** Where the last read ended. */
  #readTo = 0;
  readonly #badBlocks = new Map<Block, PackedFault>();

  private constructor(file: JournalFile, index: PackedIndex) {
    this.#file = file;
    this.index = index;
  }

  /** Takes the file over. `known`: its index from an earlier opening. @throws the system's error */
  static async open(file: JournalFile, known: PackedIndex | null): Promise<PackedFile> {
    try {
      return new PackedFile(file, known ?? (await readIndex(file)));
    } catch (cause) {
      await file.close();
      throw cause;
    }
  }

  /** Faults that are known by now. After every byte was read: all there are. */
  faults(): readonly PackedFault[] {
    return [...this.index.faults, ...this.#badBlocks.values()].sort((a, b) => a.at - b.at);
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    const end = Math.min(position + target.length, this.index.plainBytes);
    if (end <= position) return 0;
    target.fill(0, 0, end - position);
    const blocks = this.#blocksOf(position, end);
    const unpacked = blocks.map((block) => this.#unpacked(block));
    const isInOrder = position <= this.#readTo && this.#readTo <= end;
    this.#readTo = end;
    if (isInOrder) for (const block of this.#blocksOf(end, end + BLOCKS_AHEAD * BLOCK_BYTES)) this.#ahead(block);
    for (const [index, block] of blocks.entries()) {
      const bytes = (await unpacked[index]) ?? null;
      if (bytes === null) continue;
      const from = Math.max(position, block.from);
      const to = Math.min(end, block.from + block.plainBytes);
      target.set(bytes.subarray(from - block.from, to - block.from), from - position);
    }
    return end - position;
  }

  write(): Promise<number> {
    return Promise.reject(readOnly());
  }

  writeSynced(): Promise<number> {
    return Promise.reject(readOnly());
  }

  dataSync(): Promise<void> {
    return Promise.reject(readOnly());
  }

  truncate(): Promise<void> {
    return Promise.reject(readOnly());
  }

  size(): Promise<number> {
    return Promise.resolve(this.index.plainBytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #blocksOf(from: number, to: number): readonly Block[] {
    const { blocks } = this.index;
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const block = blocks[middle];
      if (block !== undefined && block.from + block.plainBytes <= from) low = middle + 1;
      else high = middle;
    }
    const found: Block[] = [];
    for (let block = blocks[low]; block !== undefined && block.from < to; block = blocks[(low += 1)]) found.push(block);
    return found;
  }

  /** What goes wrong is told to whoever reads the block. */
  #ahead(block: Block): void {
    this.#unpacked(block).catch(() => this.#blocks.delete(block));
  }

  #unpacked(block: Block): Promise<Buffer | null> {
    const known = this.#blocks.get(block);
    if (known !== undefined) return known;
    const [oldest] = this.#blocks.keys();
    if (oldest !== undefined && this.#blocks.size >= KEPT_BLOCKS) this.#blocks.delete(oldest);
    const unpacked = this.#unpack(block);
    this.#blocks.set(block, unpacked);
    return unpacked;
  }

  /** Null for a block that is not as it was written. @throws the system's error */
  async #unpack(block: Block): Promise<Buffer | null> {
    const packed = Buffer.allocUnsafe(block.packedBytes);
    const got = await this.#file.read(packed, block.at + BLOCK_HEAD_BYTES);
    if (got < block.packedBytes) return this.#bad(block, 'the compressed block is incomplete');
    if (crc32(packed) !== block.checksum) return this.#bad(block, 'checksum of the compressed block does not match');
    try {
      // Room for a byte more: an inflater that has filled its room is run once more to see whether that was all.
      const room = { chunkSize: Math.max(block.plainBytes + 1, MIN_CHUNK_BYTES), maxOutputLength: block.plainBytes };
      const bytes = await inflate(packed, room);
      return bytes.length === block.plainBytes ? bytes : this.#bad(block, 'the compressed block has another length');
    } catch {
      return this.#bad(block, 'the compressed block cannot be unpacked');
    }
  }

  #bad(block: Block, reason: string): null {
    const { at, from, plainBytes } = block;
    this.#badBlocks.set(block, { at, from, to: from + plainBytes, reason });
    return null;
  }
}

function readOnly(): Error {
  return new Error('a compressed segment is never written to');
}

/** Walks from block to block; behind a bad head of a block it looks for the next good one. */
async function readIndex(file: JournalFile): Promise<PackedIndex> {
  const size = await file.size();
  const first = Buffer.alloc(Math.min(size, PACKED_HEAD_BYTES));
  await file.read(first, 0);
  const head = decodePackedHead(first);
  const blocks: Block[] = [];
  const faults: PackedFault[] = [];
  let at = PACKED_HEAD_BYTES;
  let plain = 0;
  while (at < size) {
    const block = (await blockAt(file, at)) ?? (await findBlock(file, at, size));
    if (block === null || block.from < plain) break;
    if (block.at > at || block.from > plain) {
      faults.push({ at, from: plain, to: block.from, reason: 'head of a compressed block is not as it was written' });
    }
    blocks.push(block);
    at = block.at + BLOCK_HEAD_BYTES + block.packedBytes;
    plain = block.from + block.plainBytes;
  }
  const plainBytes = typeof head === 'string' ? plain : Math.max(plain, head.plainBytes);
  if (at < size) faults.push({ at, from: plain, to: plainBytes, reason: 'bytes that are no compressed block' });
  else if (plain < plainBytes) faults.push({ at, from: plain, to: plainBytes, reason: 'the compressed file is cut' });
  return { head, blocks, plainBytes, faults };
}

async function blockAt(file: JournalFile, at: number): Promise<Block | null> {
  const bytes = Buffer.alloc(BLOCK_HEAD_BYTES);
  const got = await file.read(bytes, at);
  return decodeBlock(bytes.subarray(0, got), 0, at);
}

/** Heads of blocks lie at most a block apart: an incompressible one is a little larger than its contents. */
const SEARCHED_BYTES = 1024 * 1024;

async function findBlock(file: JournalFile, from: number, size: number): Promise<Block | null> {
  for (let base = from; base < size; base += SEARCHED_BYTES) {
    const bytes = Buffer.alloc(Math.min(SEARCHED_BYTES + BLOCK_HEAD_BYTES, size - base));
    await file.read(bytes, base);
    for (let at = findBlockMagic(bytes, 0); at >= 0; at = findBlockMagic(bytes, at + 1)) {
      const block = decodeBlock(bytes, at, base);
      if (block !== null) return block;
    }
  }
  return null;
}
