/** Digits of a hash by which it is told from others: 128 bits. */
const DIGITS = 32;
const BUCKET_DIGITS = 4;
const ENTRY_BYTES = (DIGITS - BUCKET_DIGITS) / 2;

interface Bucket {
  hashes: Buffer;
  flags: Uint8Array;
  count: number;
}

/**
 * Hashes or references of at least 32 hexadecimal digits, each with a byte of flags. 15 bytes each, since a folder of ten
 * years has some twenty million: more than a `Set` can hold.
 */
export class HashIndex {
  readonly #buckets = new Map<string, Bucket>();

  /** Adds it with no flag, unless it is there. */
  add(hex: string): void {
    if (this.flags(hex) !== null) return;
    const name = hex.slice(0, BUCKET_DIGITS);
    const bucket = this.#buckets.get(name) ?? { hashes: Buffer.alloc(0), flags: new Uint8Array(0), count: 0 };
    this.#buckets.set(name, bucket);
    if (bucket.count === bucket.flags.length) grow(bucket);
    bucket.hashes.write(hex.slice(BUCKET_DIGITS, DIGITS), bucket.count * ENTRY_BYTES, 'hex');
    bucket.count += 1;
  }

  /** Null for what is not there. */
  flags(hex: string): number | null {
    const bucket = this.#buckets.get(hex.slice(0, BUCKET_DIGITS));
    const at = bucket === undefined ? -1 : placeIn(bucket, hex);
    return at < 0 ? null : (bucket?.flags[at] ?? null);
  }

  /** Does nothing for what is not there. */
  setFlags(hex: string, flags: number): void {
    const bucket = this.#buckets.get(hex.slice(0, BUCKET_DIGITS));
    const at = bucket === undefined ? -1 : placeIn(bucket, hex);
    if (bucket !== undefined && at >= 0) bucket.flags[at] = flags;
  }

  /** The first 32 digits of each whose flags are so. */
  *having(isWanted: (flags: number) => boolean): Generator<string> {
    for (const [name, { hashes, flags, count }] of this.#buckets) {
      for (let at = 0; at < count; at += 1) {
        if (isWanted(flags[at] ?? 0)) yield name + hashes.toString('hex', at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES);
      }
    }
  }
}

function placeIn({ hashes, count }: Bucket, hex: string): number {
  const wanted = Buffer.from(hex.slice(BUCKET_DIGITS, DIGITS), 'hex');
  const used = hashes.subarray(0, count * ENTRY_BYTES);
  for (let at = used.indexOf(wanted); at >= 0; at = used.indexOf(wanted, at + 1)) {
    if (at % ENTRY_BYTES === 0) return at / ENTRY_BYTES;
  }
  return -1;
}

function grow(bucket: Bucket): void {
  const room = Math.max(4, bucket.count * 2);
  bucket.hashes = Buffer.concat([bucket.hashes], room * ENTRY_BYTES);
  const flags = new Uint8Array(room);
  flags.set(bucket.flags);
  bucket.flags = flags;
}
