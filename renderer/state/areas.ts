import type { AreaRow, DistrictMap } from '#contract/grid.ts';

/** The net without its outlines: names, parents, children. */
export class Areas {
  /** Number of levels; the finest one holds the points. */
  readonly depth: number;
  readonly #byCode = new Map<string, AreaRow>();
  readonly #children = new Map<string, AreaRow[]>();
  /** Of earlier versions: named by the cases that were filed in them, and part of no level. */
  readonly #former = new Map<string, AreaRow>();
  readonly #paths = new Map<string, readonly AreaRow[]>();

  constructor(district: Pick<DistrictMap, 'areas'> & Partial<Pick<DistrictMap, 'former'>>) {
    for (const area of district.former ?? []) this.#former.set(area.code, area);
    this.depth = district.areas.reduce((depth, area) => Math.max(depth, area.level), 0);
    for (const area of district.areas) {
      this.#byCode.set(area.code, area);
      if (area.parent === null) continue;
      const siblings = this.#children.get(area.parent);
      if (siblings === undefined) this.#children.set(area.parent, [area]);
      else siblings.push(area);
    }
  }

  area(code: string): AreaRow | undefined {
    return this.#byCode.get(code) ?? this.#former.get(code);
  }

  children(code: string): readonly AreaRow[] {
    return this.#children.get(code) ?? [];
  }

  /** Areas of one level, in the order of the file. */
  level(level: number): readonly AreaRow[] {
    return [...this.#byCode.values()].filter((area) => area.level === level);
  }

  /** The first level below the whole district: townships where the district itself is an area, else the coarsest. */
  get unitLevel(): number {
    return this.depth > 2 ? 2 : 1;
  }

  /** From the coarsest level down to `code`; empty for an unknown code or null. */
  path(code: string | null): readonly AreaRow[] {
    if (code === null) return [];
    const known = this.#paths.get(code);
    if (known !== undefined) return known;
    const path: AreaRow[] = [];
    for (let area = this.area(code); area !== undefined;) {
      path.unshift(area);
      area = area.parent === null ? undefined : this.area(area.parent);
    }
    this.#paths.set(code, path);
    return path;
  }

  /** Names below the whole district, coarsest first: township, village, grid. */
  names(code: string | null): readonly string[] {
    return this.path(code)
      .filter((area) => area.level >= this.unitLevel)
      .map((area) => area.name);
  }
}
