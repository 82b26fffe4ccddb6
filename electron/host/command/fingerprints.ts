/** Words of 32 bits that one entry takes: two of the fingerprint, one of the sequence. */
export const WORDS = 3;

const SHARDS = 256;
const FIRST_SLOTS = 64;
/** An entry of sequence 0 is a free slot: the journal begins with 1. */
const FREE = 0;

/** 64 bits of a text, as two words: for finding, not for proving. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** FNV-1a in two lanes with different starts and factors, mixed at the end. */
export function fingerprintOf(text: string): Fingerprint {
  let high = 0x811c9dc5;
  let low = 0x3c6ef372;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x5bd1e995);
    low ^= low >>> 15;
  }
  return { high: mixed(high ^ low), low: mixed(low) };
}

/**
 * Sequences by the fingerprint of a command id, 12 bytes each and some room: eleven million fit into 250 MB. Two ids may
 * have the same fingerprint: whoever finds a sequence looks into the journal whether it is the one.
 */
export class Fingerprints {
  /** Many small tables instead of one: growing one takes a moment that nobody notices. */
  readonly #shards: { slots: Uint32Array; size: number }[] = Array.from({ length: SHARDS }, () => ({
    slots: new Uint32Array(FIRST_SLOTS * WORDS),
    size: 0,
  }));
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add({ high, low }: Fingerprint, sequence: number): void {
    const shard = this.#shardOf(high);
    if ((shard.size + 1) * 4 > (shard.slots.length / WORDS) * 3) {
      const old = shard.slots;
      shard.slots = new Uint32Array(old.length * 2);
      for (let at = 0; at < old.length; at += WORDS) {
        if (wordAt(old, at + 2) !== FREE) put(shard.slots, wordAt(old, at), wordAt(old, at + 1), wordAt(old, at + 2));
      }
    }
    put(shard.slots, high, low, sequence);
    shard.size += 1;
    this.#size += 1;
  }

  /** Sequences of all commands with this fingerprint. */
  find({ high, low }: Fingerprint): readonly number[] {
    const { slots } = this.#shardOf(high);
    const found: number[] = [];
    for (let at = firstSlot(slots, low); wordAt(slots, at + 2) !== FREE; at = nextSlot(slots, at)) {
      if (wordAt(slots, at) === high && wordAt(slots, at + 1) === low) found.push(wordAt(slots, at + 2));
    }
    return found;
  }

  /** Adds entries of {@link WORDS} words each. */
  addWords(words: Uint32Array): void {
    for (let at = 0; at + WORDS <= words.length; at += WORDS) {
      this.add({ high: wordAt(words, at), low: wordAt(words, at + 1) }, wordAt(words, at + 2));
    }
  }

  #shardOf(high: number): { slots: Uint32Array; size: number } {
    const shard = this.#shards[high >>> 24];
    if (shard === undefined) throw new RangeError('a fingerprint has 32 bits a word');
    return shard;
  }
}

function put(slots: Uint32Array, high: number, low: number, sequence: number): void {
  let at = firstSlot(slots, low);
  while (wordAt(slots, at + 2) !== FREE) at = nextSlot(slots, at);
  slots[at] = high;
  slots[at + 1] = low;
  slots[at + 2] = sequence;
}

function firstSlot(slots: Uint32Array, low: number): number {
  return (low & (slots.length / WORDS - 1)) * WORDS;
}

function nextSlot(slots: Uint32Array, at: number): number {
  return at + WORDS === slots.length ? 0 : at + WORDS;
}

function wordAt(words: Uint32Array, at: number): number {
  return words[at] ?? 0;
}

function mixed(word: number): number {
  let mixing = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixing = Math.imul(mixing ^ (mixing >>> 13), 0xc2b2ae35);
  return (mixing ^ (mixing >>> 16)) >>> 0;
}
