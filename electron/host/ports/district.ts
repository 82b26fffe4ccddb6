import type { DistrictMap } from '#contract/grid.ts';
import type { AreaIndex } from '#domain/grid/district.ts';

/** The district the host runs on, ready for questions. */
export interface LoadedDistrict {
  readonly areas: AreaIndex;
  /** The finest-level area that holds the point, or null: exact, each point in at most one. */
  locate(lon: number, lat: number): string | null;
  /** For drawing; made once. */
  readonly map: DistrictMap;
}

/** A district file that can't be used. `problems` name what, where and how to mend it, one sentence each. */
export class DistrictProblem extends Error {
  readonly file: string;
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.slice(0, 5).join('; ')}`);
    this.file = file;
    this.problems = problems;
  }
}
