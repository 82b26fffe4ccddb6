import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';

/** A stream ended or failed before the bytes that were asked for. */
export class ByteProblem extends Error {}

/** How many bytes a stream should have, and their CRC-32. */
export interface ExpectedBytes {
  readonly unpackedBytes: number;
  readonly checksum: number;
}

/** Takes exact numbers of bytes from a stream, and never more than expected; at its end the checksum must be right. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #stream: Readable;
  readonly #expected: ExpectedBytes;
  #rest: Buffer = Buffer.alloc(0);
  #taken = 0;
  #checksum = 0;

  constructor(stream: Readable, expected: ExpectedBytes) {
    this.#stream = stream;
    this.#expected = expected;
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Bytes taken so far. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * The next bytes; null if the stream ends before the first of them.
   *
   * @throws ByteProblem if it ends in between, is damaged, or is longer than its limit
   */
  async take(count: number): Promise<Buffer | null> {
    if (this.#rest.length < count) await this.#fill(count);
    if (this.#rest.length === 0 && count > 0) return null;
    if (this.#rest.length < count) {
      throw new ByteProblem(`ends after ${this.#rest.length} of ${count} bytes (at byte ${this.#taken})`);
    }
    const bytes = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.#taken += count;
    const { unpackedBytes } = this.#expected;
    if (this.#taken > unpackedBytes)
      throw new ByteProblem(`is longer than the ${unpackedBytes} bytes it was said to have`);
    return bytes;
  }

  /** Reads to the end. @throws ByteProblem as {@link take} */
  async drain(): Promise<void> {
    while ((await this.take(1)) !== null) await this.take(this.#rest.length);
  }

  close(): void {
    this.#stream.destroy();
  }

  async #fill(count: number): Promise<void> {
    const parts = [this.#rest];
    let length = this.#rest.length;
    while (length < count) {
      const next = await this.#next();
      if (next === null) break;
      parts.push(next);
      length += next.length;
    }
    this.#rest = Buffer.concat(parts);
  }

  async #next(): Promise<Buffer | null> {
    try {
      const { done, value } = await this.#chunks.next();
      if (done !== true) {
        this.#checksum = crc32(value, this.#checksum);
        return value;
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ByteProblem(`is damaged (${reason}; at byte ${this.#taken})`, { cause });
    }
    if (this.#checksum !== this.#expected.checksum) throw new ByteProblem('is damaged: its checksum is wrong');
    return null;
  }
}
