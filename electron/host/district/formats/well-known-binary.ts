import type { FilePoint } from '#domain/grid/coordinates/coordinate-system.ts';
import type { FileRings } from './file-feature.ts';

/** A geometry that is no area, or that its bytes do not hold. */
export class GeometryProblem extends Error {
  readonly reason: 'not-an-area' | 'broken-ring' | 'no-geometry';

  constructor(reason: GeometryProblem['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

const names: Readonly<Record<number, string>> = {
  1: 'point',
  2: 'line',
  4: 'set of points',
  5: 'set of lines',
  7: 'collection',
  8: 'curve',
  9: 'curve',
  10: 'polygon of curves',
  12: 'surface of curves',
};
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

/**
 * Polygons of a GeoPackage's geometry: "GP", version, flags, reference system, envelope, then well-known binary.
 * Source: OGC 12-128r19 (GeoPackage 1.4) §2.1.3; OGC 06-103r4 §8 for the binary, whose 3D and measured forms are read
 * without their further numbers.
 *
 * @throws GeometryProblem
 */
export function polygonsOfGeoPackage(bytes: Uint8Array): readonly FileRings[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || bytes[0] !== 0x47 || bytes[1] !== 0x50) {
    throw new GeometryProblem('broken-ring', 'its geometry does not begin with "GP"');
  }
  const flags = bytes[3] ?? 0;
  if ((flags & 0x10) !== 0) throw new GeometryProblem('no-geometry', 'its geometry is empty');
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (envelope === undefined) throw new GeometryProblem('broken-ring', 'its geometry has an unknown envelope');
  try {
    return new Binary(view, 8 + envelope).polygons();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new GeometryProblem('broken-ring', `its geometry ends too soon (${bytes.length} bytes)`);
  }
}

/** Reads on from one place; DataView throws a RangeError behind the end. */
class Binary {
  readonly #view: DataView;
  #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  polygons(): readonly FileRings[] {
    const { isLittle, kind, numbers } = this.#head();
    if (kind === 3) return [this.#rings(isLittle, numbers)];
    if (kind !== 6) {
      throw new GeometryProblem(
        'not-an-area',
        `is a ${names[kind] ?? `geometry of type ${kind}`}; an area is a polygon`,
      );
    }
    const count = this.#count(isLittle, 9);
    return Array.from({ length: count }, () => {
      const part = this.#head();
      if (part.kind !== 3) throw new GeometryProblem('broken-ring', 'one of its parts is no polygon');
      return this.#rings(part.isLittle, part.numbers);
    });
  }

  #head(): { isLittle: boolean; kind: number; numbers: number } {
    const isLittle = this.#view.getUint8(this.#at) === 1;
    const type = this.#view.getUint32(this.#at + 1, isLittle);
    this.#at += 5;
    // ISO adds 1000 for heights and 2000 for measures; PostGIS sets the highest bits instead.
    const plain = type & 0x0fffffff;
    if ((type & 0x20000000) !== 0) this.#at += 4;
    const iso = Math.floor(plain / 1_000);
    const hasHeight = iso === 1 || iso === 3 || (type & 0x80000000) !== 0;
    const hasMeasure = iso === 2 || iso === 3 || (type & 0x40000000) !== 0;
    return { isLittle, kind: plain % 1_000, numbers: 2 + Number(hasHeight) + Number(hasMeasure) };
  }

  #rings(isLittle: boolean, numbers: number): FileRings {
    const rings = this.#count(isLittle, 4);
    return Array.from({ length: rings }, () => {
      const points = this.#count(isLittle, numbers * 8);
      return Array.from({ length: points }, (): FilePoint => {
        const [at, view] = [this.#at, this.#view];
        this.#at += numbers * 8;
        return [view.getFloat64(at, isLittle), view.getFloat64(at + 8, isLittle)];
      });
    });
  }

  /** How many follow; refuses more than the rest of the bytes can hold, before anything is made for them. */
  #count(isLittle: boolean, leastBytes: number): number {
    const count = this.#view.getUint32(this.#at, isLittle);
    this.#at += 4;
    if (count * leastBytes > this.#view.byteLength - this.#at) throw new RangeError('more than the bytes can hold');
    return count;
  }
}
