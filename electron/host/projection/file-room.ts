/** Room is added in such steps; one step is always free, so that what is written before a commit finds room too. */
const STEP_BYTES = 4 * 1024 * 1024;

/**
 * The bytes that the engine keeps as a database's file, with room to grow where they lie. Left to itself the engine takes an
 * eighth more whenever the file is full, and copies all of it: 33 times up to 50 MB, a third of what putting in the rows
 * costs; and the first write into a file that was opened copies it once more.
 *
 * The engine takes its copy of an image by `slice`, keeps what that gives, and writes there as far as it reaches (sql.js
 * 1.16.0; a test tells if another version does not). Where there is no room it goes back to copies of its own.
 */
export class FileRoom {
  readonly #bytes: ArrayBuffer;

  /** @param maxBytes what the file may hold at most; so much address space is set aside, not memory */
  constructor(bytes: number, maxBytes: number) {
    this.#bytes = new ArrayBuffer(Math.min(bytes + STEP_BYTES, maxBytes), { maxByteLength: maxBytes });
  }

  /** An image as the engine is to be given it, to be dropped afterwards. */
  holding(image: Uint8Array): Uint8Array {
    const slice = (from?: number, to?: number) => {
      const all = new Uint8Array(this.#bytes);
      all.set(image.subarray(from, to));
      return all;
    };
    return Object.assign(image.subarray(), { slice });
  }

  /** Makes room for a file of so many bytes, and for a step more. */
  reserve(bytes: number): void {
    if (bytes + STEP_BYTES <= this.#bytes.byteLength) return;
    const wanted = Math.min((Math.floor(bytes / STEP_BYTES) + 2) * STEP_BYTES, this.#bytes.maxByteLength);
    if (wanted > this.#bytes.byteLength) this.#bytes.resize(wanted);
  }

  /** Gives the memory back at once, not when it is collected; the database must be closed. */
  free(): void {
    this.#bytes.resize(0);
  }
}
