import type { ForceField } from './force-field.ts';
import type { LocalMercator } from './local-mercator.ts';

/** Where bytes go to: the buffers of a graphics context. */
export interface ForceUpload {
  /** Makes both buffers new, for that many; what was in them is gone. */
  reserve(capacity: number): void;
  /** Pairs from `first` on. */
  places(pairs: Float32Array, first: number): void;
  /** Shape numbers of all, one byte each. */
  looks(looks: Uint8Array): void;
}

/** Shape number of a kind and an age: what the shader knows. */
function lookNumber(kind: number, age: number): number {
  return kind + 3 * age;
}

/**
 * What is on the graphics card of a field: eight bytes of place and one of look for each. Of a field that moved only the
 * range of places that changed is uploaded, of one with other kinds or ages only the looks, of the same one nothing.
 */
export class ForceBuffers {
  readonly #mercator: LocalMercator;
  #capacity = 0;
  #places = new Float32Array(0);
  #looks = new Uint8Array(0);
  #kinds: Uint8Array | null = null;
  #ages: Uint8Array | null = null;
  #count = 0;
  #bytes = 0;

  constructor(mercator: LocalMercator) {
    this.#mercator = mercator;
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes uploaded so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The buffers are gone with their graphics context: all is uploaded again. */
  forget(): void {
    this.#capacity = 0;
    this.#kinds = null;
    this.#ages = null;
  }

  /** @returns whether another picture is due */
  update(field: ForceField, upload: ForceUpload): boolean {
    const { count } = field;
    let isNew = count !== this.#count;
    if (count > this.#capacity) {
      this.#capacity = Math.max(256, 2 ** Math.ceil(Math.log2(count)));
      this.#places = new Float32Array(this.#capacity * 2).fill(NaN);
      this.#looks = new Uint8Array(this.#capacity);
      upload.reserve(this.#capacity);
      this.#kinds = null;
    }
    const moved = this.#mercator.write(field.positions, count, this.#places);
    if (moved !== null) {
      const [first, last] = moved;
      const pairs = this.#places.subarray(2 * first, 2 * last + 2);
      upload.places(pairs, first);
      this.#bytes += pairs.byteLength;
      isNew = true;
    }
    if (field.kinds !== this.#kinds || field.ages !== this.#ages || count > this.#count) {
      const hasChanged = this.#writeLooks(field);
      if (hasChanged || this.#kinds === null) {
        const looks = this.#looks.subarray(0, count);
        upload.looks(looks);
        this.#bytes += looks.byteLength;
        isNew = true;
      }
      this.#kinds = field.kinds;
      this.#ages = field.ages;
    }
    this.#count = count;
    return isNew;
  }

  #writeLooks({ kinds, ages, count }: ForceField): boolean {
    let hasChanged = false;
    for (let at = 0; at < count; at += 1) {
      const look = lookNumber(kinds[at] ?? 0, ages[at] ?? 0);
      if (this.#looks[at] === look) continue;
      this.#looks[at] = look;
      hasChanged = true;
    }
    return hasChanged;
  }
}
