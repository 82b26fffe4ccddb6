/** A longitude and latitude in WGS-84 degrees. */
export type Position = readonly [lon: number, lat: number];

/** Closed rings (first position repeated at the end): the outer one first, then holes. */
export type PolygonRings = readonly (readonly Position[])[];

/**
 * One area of one level: the district (1), 镇街 or zone (2), 村居 (3), unit grid 单元网格 (4). Imported districts may
 * have other depths; the finest level is always the one that points are located in.
 */
export interface Area {
  /** A string, never a number: leading zeros and letters count (domain.md §3.2). */
  readonly code: string;
  readonly name: string;
  /** 1 for the coarsest level. */
  readonly level: number;
  readonly parent: string | null;
  /** Kind as given by the file (`township`, `zone`, `village` …), empty when unknown. */
  readonly kind: string;
  readonly polygons: readonly PolygonRings[];
  /** A point inside the area where its name may stand. */
  readonly labelPoint: Position;
  /** [west, south, east, north] in degrees. */
  readonly bounds: readonly [number, number, number, number];
}

/** A net of areas: every level covers the district, every area but the coarsest lies in one parent. */
export interface District {
  readonly id: string;
  readonly name: string;
  /** Where the outlines come from, in words. */
  readonly source: string;
  /** True for generated or otherwise unofficial outlines: every picture then says 示意图. */
  readonly isSchematic: boolean;
  /** 审图号 of a reviewed map; null until one is imported. */
  readonly approvalNumber: string | null;
  /** Coarsest first. */
  readonly levels: readonly (readonly Area[])[];
}

/**
 * Looks areas up by code and walks the net upwards and downwards. Areas of earlier nets are known by their code, since cases
 * keep the grid that they were filed in, but are nobody's children.
 */
export class AreaIndex {
  readonly #byCode = new Map<string, Area>();
  readonly #children = new Map<string, Area[]>();
  readonly district: District;

  constructor(district: District, former: readonly Area[] = []) {
    this.district = district;
    for (const area of former.toReversed()) this.#byCode.set(area.code, area);
    for (const area of district.levels.flat()) {
      this.#byCode.set(area.code, area);
      if (area.parent === null) continue;
      const siblings = this.#children.get(area.parent);
      if (siblings === undefined) this.#children.set(area.parent, [area]);
      else siblings.push(area);
    }
  }

  area(code: string): Area | undefined {
    return this.#byCode.get(code);
  }

  children(code: string): readonly Area[] {
    return this.#children.get(code) ?? [];
  }

  /** Areas from the coarsest down to `code` itself; empty for an unknown code. */
  path(code: string): readonly Area[] {
    const path: Area[] = [];
    let area = this.#byCode.get(code);
    while (area !== undefined) {
      path.unshift(area);
      area = area.parent === null ? undefined : this.#byCode.get(area.parent);
    }
    return path;
  }
}
