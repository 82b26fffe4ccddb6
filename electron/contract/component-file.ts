import type { Component } from '#domain/components/component.ts';
import { PackedWords } from './packed-words.ts';

/**
 * One inventory of components 部件 as it lies on the disk and travels: a head of JSON, then columns of numbers, 24 bytes for
 * each component, little-endian. A million of them are 24 MB. Layout: 8 bytes of magic and version, the length of the head
 * (32 bits), its length in use (32 bits), the head in ASCII, padded to 8 bytes; then longitudes and latitudes in steps of
 * 1e-7 degrees, running numbers, and the places of division, class, name and unit in the head's lists.
 */
export interface ComponentColumns {
  readonly count: number;
  readonly lons: Int32Array;
  readonly lats: Int32Array;
  /** The last six digits of the id. */
  readonly serials: Uint32Array;
  readonly names: Uint32Array;
  readonly divisions: Uint16Array;
  readonly classes: Uint16Array;
  readonly units: Uint32Array;
  readonly head: ComponentHead;
}

export interface ComponentHead {
  readonly divisions: readonly string[];
  /** Class codes, 5 digits. */
  readonly classes: readonly string[];
  readonly names: readonly string[];
  readonly units: readonly string[];
  /** Epoch milliseconds, and what was said of the file. */
  readonly importedAt: number;
  readonly system: string;
}

const MAGIC = 'GCCOMP01';
const FIXED_BYTES = 16;
const BYTES_EACH = 24;
const STEPS_PER_DEGREE = 1e7;

/** A file that is not one of ours, or not whole. */
export class ComponentFileProblem extends Error {}

/** Puts components into columns, one after the other. */
export class ComponentPacker {
  readonly #lists = {
    divisions: new PackedWords(),
    classes: new CountedWords(),
    names: new PackedWords(),
    units: new PackedWords(),
  };
  #capacity = 1_024;
  #numbers = new Float64Array(this.#capacity * 7);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** How many there are of each class code. */
  get classCounts(): ReadonlyMap<string, number> {
    return this.#lists.classes.counts();
  }

  add({ id, name, unit, lon, lat }: Component): void {
    if (this.#count === this.#capacity) {
      this.#capacity *= 2;
      const larger = new Float64Array(this.#capacity * 7);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    const { divisions, classes, names, units } = this.#lists;
    this.#numbers.set(
      [
        Math.round(lon * STEPS_PER_DEGREE),
        Math.round(lat * STEPS_PER_DEGREE),
        Number(id.slice(11)),
        names.placeOf(name),
        divisions.placeOf(id.slice(0, 6)),
        classes.placeOf(id.slice(6, 11)),
        units.placeOf(unit),
      ],
      this.#count * 7,
    );
    this.#count += 1;
  }

  pack(about: Pick<ComponentHead, 'importedAt' | 'system'>): Uint8Array {
    const { divisions, classes, names, units } = this.#lists;
    const head = ascii(
      JSON.stringify({
        ...{ count: this.#count, divisions: divisions.all, classes: classes.all, names: names.all, units: units.all },
        ...about,
      }),
    );
    const columnsAt = FIXED_BYTES + padded(head.length);
    const bytes = new Uint8Array(columnsAt + padded(this.#count * BYTES_EACH));
    bytes.set(codes(MAGIC), 0);
    new Uint32Array(bytes.buffer, 8, 2).set([padded(head.length), head.length]);
    bytes.set(codes(head), FIXED_BYTES);
    const columns = columnsOf(bytes.buffer, columnsAt, this.#count);
    const order = [
      ...[columns.lons, columns.lats, columns.serials, columns.names],
      ...[columns.divisions, columns.classes, columns.units],
    ] as const;
    for (const [field, column] of order.entries()) {
      for (let at = 0; at < this.#count; at += 1) column[at] = this.#numbers[at * 7 + field] ?? 0;
    }
    return bytes;
  }
}

/** The columns lie in the given bytes, which must not change. @throws ComponentFileProblem */
export function unpackComponents(given: Uint8Array): ComponentColumns {
  // Columns are read where they lie, so they must lie on a multiple of eight.
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  if (bytes.length < FIXED_BYTES || text(bytes, 0, 8) !== MAGIC) {
    throw new ComponentFileProblem('does not begin as a file of components');
  }
  const [room = 0, used = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset + 8, 2);
  if (used > room || FIXED_BYTES + room > bytes.length) throw new ComponentFileProblem('its head is cut off');
  const { count, ...head } = readHead(text(bytes, FIXED_BYTES, used));
  const columnsAt = FIXED_BYTES + room;
  if (bytes.length !== columnsAt + padded(count * BYTES_EACH)) throw new ComponentFileProblem('its end is cut off');
  return { ...columnsOf(bytes.buffer, bytes.byteOffset + columnsAt, count), head };
}

/** One component, put together again. */
export function componentAt({ head, ...columns }: ComponentColumns, at: number): Component {
  const { divisions, classes, names, units } = head;
  const serial = String(columns.serials[at] ?? 0).padStart(6, '0');
  return {
    id: `${divisions[columns.divisions[at] ?? 0]}${classes[columns.classes[at] ?? 0]}${serial}`,
    name: names[columns.names[at] ?? 0] ?? '',
    unit: units[columns.units[at] ?? 0] ?? '',
    lon: (columns.lons[at] ?? 0) / STEPS_PER_DEGREE,
    lat: (columns.lats[at] ?? 0) / STEPS_PER_DEGREE,
  };
}

function columnsOf(buffer: ArrayBufferLike, at: number, count: number): Omit<ComponentColumns, 'head'> {
  return {
    count,
    lons: new Int32Array(buffer, at, count),
    lats: new Int32Array(buffer, at + 4 * count, count),
    serials: new Uint32Array(buffer, at + 8 * count, count),
    names: new Uint32Array(buffer, at + 12 * count, count),
    units: new Uint32Array(buffer, at + 16 * count, count),
    divisions: new Uint16Array(buffer, at + 20 * count, count),
    classes: new Uint16Array(buffer, at + 22 * count, count),
  };
}

function readHead(content: string): ComponentHead & { readonly count: number } {
  try {
    const head = JSON.parse(content) as Record<string, unknown>;
    const lists = [head['divisions'], head['classes'], head['names'], head['units']];
    const areLists = lists.every((list) => Array.isArray(list) && list.every((word) => typeof word === 'string'));
    const isWhole = areLists && Number.isInteger(head['count']) && Number(head['count']) >= 0;
    if (isWhole) return head as unknown as ComponentHead & { readonly count: number };
  } catch {
    // Told below, as any other head that is not one.
  }
  throw new ComponentFileProblem('its head cannot be read');
}

/** Words that are also counted. */
class CountedWords extends PackedWords {
  readonly #counts: number[] = [];

  override placeOf(word: string): number {
    const place = super.placeOf(word);
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    return place;
  }

  counts(): ReadonlyMap<string, number> {
    return new Map(this.all.map((word, place) => [word, this.#counts[place] ?? 0]));
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** The same JSON without characters above ASCII. */
function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function codes(content: string): Uint8Array {
  return Uint8Array.from({ length: content.length }, (_, at) => content.charCodeAt(at));
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const parts: string[] = [];
  for (let at = from; at < from + length; at += 8_192) {
    parts.push(String.fromCharCode(...bytes.subarray(at, Math.min(at + 8_192, from + length))));
  }
  return parts.join('');
}
