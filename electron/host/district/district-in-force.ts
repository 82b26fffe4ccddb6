import type { DistrictMap } from '#contract/grid.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';

/** The district that counts now. Whoever holds it asks anew each time; a value that was got stays as it was. */
export class DistrictInForce implements LoadedDistrict {
  #current: LoadedDistrict;

  constructor(first: LoadedDistrict) {
    this.#current = first;
  }

  get areas(): AreaIndex {
    return this.#current.areas;
  }

  get map(): DistrictMap {
    return this.#current.map;
  }

  locate(lon: number, lat: number): string | null {
    return this.#current.locate(lon, lat);
  }

  /** Exchanges net and, by `around`, what is made over it, without anything else running in between. */
  exchange(next: LoadedDistrict, around: (areas: AreaIndex) => void): void {
    // The index behind it is made at the first question: before, so that no command waits for it.
    const [lon = 0, lat = 0] = next.map.areas[0]?.labelPoint ?? [];
    next.locate(lon, lat);
    this.#current = next;
    around(next.areas);
  }
}
