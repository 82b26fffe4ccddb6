import { degreeLengths } from './distance.ts';
import type { SameCauseFacts } from './facts.ts';
import type { Located } from './spatial-cells.ts';

const WIDTH = 8;
const [LON, LAT, REPORTED, CLOSED, CLASS, REPORTER] = [0, 1, 2, 3, 4, 5] as const;

/** A reporter that is nobody in particular; equal to no other. */
export const NOBODY = -1;

/**
 * What a search looks at of every matter, as numbers by slot. Eight numbers are one line of a processor's cache: among
 * 100,000 matters a search waits for memory, and asks for one line a matter instead of four objects.
 */
export class FactLines {
  #lines = new Float64Array(WIDTH * 1_024);

  set(slot: number, facts: SameCauseFacts, classNumber: number, reporter: number): void {
    const at = slot * WIDTH;
    if (at + WIDTH > this.#lines.length) this.#grow(at + WIDTH);
    this.#lines[at + LON] = facts.lon ?? Number.NaN;
    this.#lines[at + LAT] = facts.lat ?? Number.NaN;
    this.#lines[at + REPORTED] = facts.reportedAt;
    this.#lines[at + CLOSED] = facts.closedAt ?? Number.POSITIVE_INFINITY;
    this.#lines[at + CLASS] = classNumber;
    this.#lines[at + REPORTER] = reporter;
  }

  reportedAt(slot: number): number {
    return this.#lines[slot * WIDTH + REPORTED] ?? 0;
  }

  /** Infinity as long as it is open. */
  closedAt(slot: number): number {
    return this.#lines[slot * WIDTH + CLOSED] ?? 0;
  }

  classNumber(slot: number): number {
    return this.#lines[slot * WIDTH + CLASS] ?? -1;
  }

  reporter(slot: number): number {
    return this.#lines[slot * WIDTH + REPORTER] ?? NOBODY;
  }

  /**
   * Metres from a point, on the plane of its latitude: up to 200 m, and 70° of latitude, it differs from
   * {@link distanceMetres} by less than 1 cm. Not a number without a point.
   */
  metresFrom({ lon, lat }: Located): (slot: number) => number {
    const { metresPerLon, metresPerLat } = degreeLengths(lat);
    const lines = this.#lines;
    return (slot) => {
      const x = ((lines[slot * WIDTH + LON] ?? Number.NaN) - lon) * metresPerLon;
      const y = ((lines[slot * WIDTH + LAT] ?? Number.NaN) - lat) * metresPerLat;
      return Math.sqrt(x * x + y * y);
    };
  }

  #grow(least: number): void {
    const grown = new Float64Array(Math.max(least, this.#lines.length * 2));
    grown.set(this.#lines);
    this.#lines = grown;
  }
}
