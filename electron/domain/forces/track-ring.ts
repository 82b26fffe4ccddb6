import { instant } from '#domain/base/instant.ts';
import type { TrackPoint } from './force.ts';

/** One position in 15 s for an hour; of a faster sender the last ones are kept. */
const MOST_POINTS = 240;
const FIRST_POINTS = 8;
/** 1e-7 degrees, a centimetre: any longitude fits 32 bits. */
const STEPS_PER_DEGREE = 1e7;

/**
 * Positions of one person in the order of their times, 16 bytes each; the oldest give way. 25,000 people with an hour each
 * take some 50 MB.
 */
export class TrackRing {
  #times = new Float64Array(FIRST_POINTS);
  #places = new Int32Array(FIRST_POINTS * 2);
  #first = 0;
  #size = 0;

  /** `at` must not be before the last one. */
  add({ at, lon, lat }: TrackPoint): void {
    if (this.#size === this.#times.length && this.#size < MOST_POINTS) this.#grow();
    const place = (this.#first + this.#size) % this.#times.length;
    if (this.#size === this.#times.length) this.#first = (this.#first + 1) % this.#times.length;
    else this.#size += 1;
    this.#times[place] = at;
    this.#places[place * 2] = Math.round(lon * STEPS_PER_DEGREE);
    this.#places[place * 2 + 1] = Math.round(lat * STEPS_PER_DEGREE);
  }

  /** Those not before `from`, oldest first. */
  since(from: number): readonly TrackPoint[] {
    return Array.from({ length: this.#size }, (_, index) => this.#at(index)).filter(({ at }) => at >= from);
  }

  /** Forgets those before `from`. */
  forgetBefore(from: number): void {
    while (this.#size > 0 && (this.#times[this.#first] ?? 0) < from) {
      this.#first = (this.#first + 1) % this.#times.length;
      this.#size -= 1;
    }
  }

  get size(): number {
    return this.#size;
  }

  #at(index: number): TrackPoint {
    const place = (this.#first + index) % this.#times.length;
    return {
      at: instant(this.#times[place] ?? 0),
      lon: (this.#places[place * 2] ?? 0) / STEPS_PER_DEGREE,
      lat: (this.#places[place * 2 + 1] ?? 0) / STEPS_PER_DEGREE,
    };
  }

  #grow(): void {
    const points = this.since(Number.NEGATIVE_INFINITY);
    const length = Math.min(MOST_POINTS, this.#times.length * 2);
    this.#times = new Float64Array(length);
    this.#places = new Int32Array(length * 2);
    this.#first = 0;
    this.#size = 0;
    for (const point of points) this.add(point);
  }
}
