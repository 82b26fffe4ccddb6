import type { AreaIndex } from '#domain/grid/district.ts';

/** Kinds of units in the territorial chain 区 → 镇街/功能区 → 村居 → 网格. */
export type UnitKind = 'district_desk' | 'township' | 'zone' | 'community' | 'grid' | 'other';

/** A unit that can receive an order. In this form each area of the net has one, with the area's code and name. */
export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly level: number;
  readonly parent: string | null;
}

/** The units of a district, derived from its net (属地). Departments and enterprises join with the duty table. */
export class UnitDirectory {
  readonly #areas: AreaIndex;
  readonly #depth: number;

  constructor(areas: AreaIndex) {
    this.#areas = areas;
    this.#depth = areas.district.levels.length;
  }

  unit(code: string): Unit | undefined {
    const area = this.#areas.area(code);
    if (area === undefined) return undefined;
    return { code, name: area.name, kind: this.#kind(area.level, area.kind), level: area.level, parent: area.parent };
  }

  /** Whether `code` lies below `sender` in the chain; everything but the desk itself lies below the desk (null). */
  isBelow(code: string, sender: string | null): boolean {
    const path = this.#areas.path(code);
    if (path.length === 0) return false;
    if (sender === null) return true;
    return code !== sender && path.some((area) => area.code === sender);
  }

  /**
   * The territorial chain for a grid, coarsest first, without the district itself: whoever the case goes through
   * if it is handled where it lies (属地兜底). Empty when the grid is unknown.
   */
  chainFor(gridCode: string | null): readonly Unit[] {
    if (gridCode === null) return [];
    const path = this.#areas.path(gridCode);
    const below = this.#depth > 2 ? path.slice(1) : path;
    return below.flatMap((area) => this.unit(area.code) ?? []);
  }

  #kind(level: number, kind: string): UnitKind {
    if (level === this.#depth) return 'grid';
    if (this.#depth !== 4) return 'other';
    if (level === 1) return 'district_desk';
    if (level === 2) return kind === 'zone' || kind === 'airport' ? 'zone' : 'township';
    return 'community';
  }
}
