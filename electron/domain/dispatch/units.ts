import type { AreaIndex } from '#domain/grid/district.ts';
import { byFrom, isInForce, type Day } from '#domain/reference/day.ts';
import { groupedBy, rowInForce, rowInForceOrNearest } from '#domain/reference/in-force.ts';
import type { UnitKind, UnitRow } from '#domain/reference/rows.ts';
import { pinyinInitials } from '#domain/base/pinyin-initials.ts';

/** A unit that can receive an order: an area of the net 属地, or a row of the table of units. */
export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  /** Level of the area in the net; of other units one below their parent. */
  readonly level: number;
  /** Parent by the net, or as the table says. */
  readonly parent: string | null;
  /** Township that manages the unit, where that is another one than `parent` (domain.md §1, 10). */
  readonly managingTownship: string | null;
  readonly isPlaceholder: boolean;
}

/** Who takes the orders of a unit on a day. `because` is null when it is the unit itself. */
export interface Replacement {
  readonly unit: Unit;
  readonly because: 'successor' | 'managing_township' | 'parent' | null;
}

/** Which units a search looks for. */
export interface UnitSearch {
  /** Part of a name, the beginning of its initials by pinyin, or of a code; empty finds all. */
  readonly text: string;
  readonly day: Day;
  /** Empty is any kind. */
  readonly kinds: readonly UnitKind[];
  /** Only units below this one; null is the desk, below which all lie. */
  readonly below: string | null;
  readonly limit: number;
}

/**
 * The units of a district: every area of its net, and the table of units, whose rows name and date areas, say which
 * township manages them, and add departments, offices and enterprises. A row counts only if its parents lead to an area
 * of the net, so that the shipped table of one district is empty in another.
 *
 * Methods that take a day without needing one use, when it is left out, the last row of each unit.
 */
export class UnitDirectory {
  readonly #areas: AreaIndex;
  readonly #depth: number;
  readonly #rows: ReadonlyMap<string, readonly UnitRow[]>;
  readonly #children: ReadonlyMap<string, readonly string[]>;

  constructor(areas: AreaIndex, rows: readonly UnitRow[] = []) {
    this.#areas = areas;
    this.#depth = areas.district.levels.length;
    this.#rows = rowsOnTheNet(areas, rows);
    const table = [...this.#rows.values()].flat();
    const superiors = (row: UnitRow) => new Set([row.parent, row.managingTownship]);
    const pairs = table.flatMap((row) => [...superiors(row)].map((above) => ({ above: above ?? '', code: row.code })));
    const grouped = groupedBy(pairs, ({ above }) => above);
    this.#children = new Map([...grouped].map(([above, of]) => [above, [...new Set(of.map(({ code }) => code))]]));
  }

  /** The unit, also one that is not in force on the day, as its nearest row describes it. */
  unit(code: string, day?: Day): Unit | undefined {
    const row = this.#row(code, day);
    const area = this.#areas.area(code);
    if (area === undefined && row === undefined) return undefined;
    const parent = area === undefined ? (row?.parent ?? null) : area.parent;
    const manager = row?.managingTownship ?? null;
    return {
      code,
      name: row?.name ?? area?.name ?? code,
      kind: row?.kind ?? this.#kindOfArea(area?.level ?? 0, area?.kind ?? ''),
      level: area?.level ?? this.#pathOf(code, 'managed', day).length,
      parent,
      managingTownship: manager === parent || manager === code ? null : manager,
      isPlaceholder: row?.isPlaceholder ?? false,
    };
  }

  /** The unit if orders can be sent to it on that day. Areas that the table does not name always can. */
  inForce(code: string, day: Day): Unit | undefined {
    const rows = this.#rows.get(code);
    if (rows !== undefined && rowInForce(rows, day) === undefined) return undefined;
    return this.unit(code, day);
  }

  /**
   * Who takes the orders of a unit on a day: the unit while it is in force; after it was dissolved its successor (or
   * that one's), else its managing township, else its parent. Undefined for an unknown unit, or when none is in force.
   */
  replacementFor(code: string, day: Day): Replacement | undefined {
    const own = this.inForce(code, day);
    if (own !== undefined) return { unit: own, because: null };
    const successor = this.#successorOf(code, day);
    if (successor !== undefined) return { unit: successor, because: 'successor' };
    const row = this.#row(code, day);
    const manager = this.#superiorInForce(code, row?.managingTownship ?? null, day);
    if (manager !== undefined) return { unit: manager, because: 'managing_township' };
    const parent = this.#superiorInForce(code, this.#areas.area(code)?.parent ?? row?.parent ?? null, day);
    return parent === undefined ? undefined : { unit: parent, because: 'parent' };
  }

  /**
   * Whether `code` lies below `sender`, in the net or by management; everything but the desk itself lies below the desk
   * (null).
   */
  isBelow(code: string, sender: string | null, day?: Day): boolean {
    if (this.unit(code, day) === undefined) return false;
    if (sender === null) return true;
    if (code === sender) return false;
    return this.#pathOf(code, 'managed', day).includes(sender) || this.#pathOf(code, 'in_net', day).includes(sender);
  }

  /**
   * The chain of territorial units for an area, coarsest first, without the district itself: whoever the case goes
   * through if it is handled where it lies (属地兜底). It runs through the managing township. Empty when the area is
   * unknown.
   */
  chainFor(gridCode: string | null, day?: Day): readonly Unit[] {
    if (gridCode === null || this.#areas.area(gridCode) === undefined) return [];
    const path = this.#pathOf(gridCode, 'managed', day);
    const below = this.#depth > 2 ? path.slice(1) : path;
    return below.flatMap((code) => this.unit(code, day) ?? []);
  }

  /** Codes from the coarsest unit down to `code` itself, through the managing township; empty for an unknown code. */
  path(code: string, day?: Day): readonly string[] {
    return this.unit(code, day) === undefined ? [] : this.#pathOf(code, 'managed', day);
  }

  /** Units of the table right below a unit that are in force on the day, and areas of the net. */
  children(code: string, day: Day): readonly Unit[] {
    const codes = new Set([
      ...this.#areas.children(code).map((area) => area.code),
      ...(this.#children.get(code) ?? []),
    ]);
    return [...codes].flatMap((child) => this.inForce(child, day) ?? []);
  }

  /** The unit below `township` that has this role word, as `@office:环卫` asks for it. */
  officeOf(township: string, role: string, day: Day): Unit | undefined {
    const found = (this.#children.get(township) ?? []).find((code) => {
      return this.#rows.get(code)?.some((row) => row.role === role && isInForce(row, day));
    });
    return found === undefined ? undefined : this.inForce(found, day);
  }

  /** Units in force that fit: names that begin with the text, then initials that do, then names that hold it; coarser first. */
  search({ text, day, kinds, below, limit }: UnitSearch): readonly Unit[] {
    const wanted = text.trim().toLowerCase();
    const found = this.#codes().flatMap((code) => {
      const unit = this.inForce(code, day);
      if (unit === undefined || (kinds.length > 0 && !kinds.includes(unit.kind))) return [];
      const rank = rankOf(unit, wanted);
      if (rank === null || (below !== null && !this.isBelow(code, below, day))) return [];
      return { unit, rank: rank + unit.level };
    });
    return found
      .sort((a, b) => a.rank - b.rank || (a.unit.code < b.unit.code ? -1 : 1))
      .slice(0, limit)
      .map(({ unit }) => unit);
  }

  /** How many units of a kind are in force on a day. */
  count(kind: UnitKind, day: Day): number {
    return this.#codes().filter((code) => this.inForce(code, day)?.kind === kind).length;
  }

  #codes(): readonly string[] {
    const areas = this.#areas.district.levels.flat().map(({ code }) => code);
    return [...areas, ...[...this.#rows.keys()].filter((code) => this.#areas.area(code) === undefined)];
  }

  #row(code: string, day: Day | undefined): UnitRow | undefined {
    const rows = this.#rows.get(code);
    return day === undefined ? rows?.at(-1) : rowInForceOrNearest(rows, day);
  }

  #pathOf(code: string, by: 'managed' | 'in_net', day: Day | undefined): readonly string[] {
    const path: string[] = [];
    let at: string | null = code;
    while (at !== null && !path.includes(at)) {
      path.unshift(at);
      const row: UnitRow | undefined = this.#row(at, day);
      const parent: string | null = this.#areas.area(at)?.parent ?? row?.parent ?? null;
      at = by === 'managed' && row?.managingTownship !== at ? (row?.managingTownship ?? parent) : parent;
    }
    return path;
  }

  #successorOf(code: string, day: Day): Unit | undefined {
    const seen = new Set([code]);
    let row = this.#row(code, day);
    while (row !== undefined && row.successor !== null && !seen.has(row.successor)) {
      seen.add(row.successor);
      const unit = this.inForce(row.successor, day);
      if (unit !== undefined) return unit;
      row = this.#row(row.successor, day);
    }
    return undefined;
  }

  /** The superior, or whoever stands in for it, unless that leads back to the unit. */
  #superiorInForce(code: string, superior: string | null, day: Day): Unit | undefined {
    if (superior === null || superior === code || this.#pathOf(superior, 'managed', day).includes(code))
      return undefined;
    return this.replacementFor(superior, day)?.unit;
  }

  #kindOfArea(level: number, kind: string): UnitKind {
    if (level === this.#depth) return 'grid';
    if (this.#depth !== 4) return 'other';
    if (level === 1) return 'district_desk';
    if (level === 2) return kind === 'zone' || kind === 'airport' ? 'zone' : 'township';
    return 'community';
  }
}

/** Rows by code, earliest first, of units whose parents lead to an area of the net. */
function rowsOnTheNet(areas: AreaIndex, rows: readonly UnitRow[]): ReadonlyMap<string, readonly UnitRow[]> {
  const byCode = groupedBy(rows.toSorted(byFrom), ({ code }) => code);
  const isOnTheNet = (code: string | null, seen: readonly string[]): boolean => {
    if (code === null || seen.includes(code)) return false;
    if (areas.area(code) !== undefined) return true;
    return byCode.get(code)?.some((row) => isOnTheNet(row.parent, [...seen, code])) ?? false;
  };
  return new Map([...byCode].filter(([code]) => isOnTheNet(code, [])));
}

/** What may be initials: one letter is none, it would mean half the district. */
const INITIALS = /^[a-z]{2,}[a-z0-9]*$/;

/** Hundreds, smaller is better; null: not meant. */
function rankOf({ name, code }: Unit, wanted: string): number | null {
  const at = name.toLowerCase().indexOf(wanted);
  if (at === 0) return 0;
  const initials = INITIALS.test(wanted) ? pinyinInitials(name) : '';
  if (initials === wanted && initials !== '') return 100;
  if (initials.startsWith(wanted) && initials !== '') return 200;
  if (at > 0) return 300;
  if (initials.includes(wanted) && initials !== '') return 400;
  return code.toLowerCase().startsWith(wanted) ? 300 : null;
}
