import { componentFields, type ComponentField } from '#contract/components.ts';
import type { RowRemark } from '#contract/imports.ts';
import { classCodeOf, isComponentId, type Component } from '#domain/components/component.ts';
import type { ClassTable } from '#domain/coding/class-table.ts';
import { toWgs84, type CoordinateSystem } from '#domain/grid/coordinates/coordinate-system.ts';

/**
 * Why a row of components was refused or is doubtful. Codes are stable: message catalogs and scripts use them.
 */
export const componentReasons = [
  /** Refused: the row has more or fewer fields than the head row. */
  'field_count',
  /** Refused: no 部件标识码, or not 17 digits. */
  'component_id',
  /** Refused: this 部件标识码 stood further up in the same file. */
  'id_repeated',
  /** Refused: the class of the column is not the one in the 部件标识码. */
  'class_mismatch',
  /** Refused: no numbers, or not on earth. */
  'position_unreadable',
  /** Refused: far from the district; likely another coordinate system than was said. */
  'outside_district',
  /** Refused: of a GeoJSON file, a feature that is no point, or no feature. */
  'not_a_point',
  'feature_unreadable',
  /** Doubtful: a class that the table of classes does not know; kept with its code. */
  'class_unknown',
] as const;
export type ComponentReason = (typeof componentReasons)[number];

/** Names of columns, as the standard and offices have them; compared without case, spaces, dots, dashes and underscores. */
const known: Readonly<Record<ComponentField, readonly string[]>> = {
  id: ['管理部件标识码', '部件标识码', '标识码', '部件编码', '部件代码', 'componentid', 'objcode', 'id'],
  class: ['部件类别代码', '类别代码', '小类代码', '部件小类', 'classcode', 'class'],
  name: ['管理部件名称', '部件名称', '名称', 'componentname', 'objname', 'name'],
  unit: ['养护单位名称', '权属单位名称', '主管部门名称', '养护单位', '权属单位', '主管部门', 'unit', 'owner'],
  lon: ['经度', 'lon', 'lng', 'longitude', 'x', '横坐标', '东坐标'],
  lat: ['纬度', 'lat', 'latitude', 'y', '纵坐标', '北坐标'],
};

/** Which column is what, as the file names them; of some fields there may be none. */
export function columnsOf(names: readonly string[]): Partial<Record<ComponentField, string>> {
  const free = new Map(names.map((name) => [plain(name), name]));
  const found: Partial<Record<ComponentField, string>> = {};
  for (const field of componentFields) {
    const name = known[field].find((candidate) => free.has(plain(candidate)));
    const column = name === undefined ? undefined : free.get(plain(name));
    if (column !== undefined) found[field] = column;
  }
  return found;
}

/** A row before anything is known about it; `point` in the file's own numbers. */
export interface RowGiven {
  readonly row: number;
  readonly id: string;
  readonly class: string;
  readonly name: string;
  readonly unit: string;
  readonly point: readonly [first: number, second: number];
}

export interface ComponentRules {
  readonly system: CoordinateSystem;
  readonly classes: Pick<ClassTable, 'byCode'>;
  readonly isNear: (lon: number, lat: number) => boolean;
}

type RowOutcome =
  | { readonly component: Component; readonly warning: RowRemark | null }
  | { readonly component: null; readonly refused: RowRemark };

/** Reads the rows of one file; each id counts once. */
export class ComponentRows {
  readonly #rules: ComponentRules;
  readonly #seen = new Set<number>();

  constructor(rules: ComponentRules) {
    this.#rules = rules;
  }

  read(given: RowGiven): RowOutcome {
    const { system, classes, isNear } = this.#rules;
    const { row, id, point, name, unit } = given;
    const refuse = (field: string, reason: ComponentReason, value: string): RowOutcome => ({
      component: null,
      refused: { row, field, reason, value: value.slice(0, 200) },
    });
    if (!isComponentId(id)) return refuse('id', 'component_id', id);
    const code = classCodeOf(id);
    if (given.class !== '' && given.class !== code) return refuse('class', 'class_mismatch', given.class);
    if (!point.every(Number.isFinite)) return refuse('lon', 'position_unreadable', '');
    const [lon, lat] = toWgs84(system, point);
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return refuse('lon', 'position_unreadable', point.join(' '));
    if (!isNear(lon, lat)) return refuse('lon', 'outside_district', point.join(' '));
    if (this.#isRepeated(id)) return refuse('id', 'id_repeated', id);
    const className = classes.byCode('component', code)?.name;
    const component = { id, name: name === '' ? (className ?? code) : name, unit, lon, lat };
    const warning = className === undefined ? { row, field: 'id', reason: 'class_unknown', value: code } : null;
    return { component, warning };
  }

  /** A set of numbers, since a million texts of 17 digits would take 60 MB: divisions are few, the rest fits 2^53. */
  #isRepeated(id: string): boolean {
    const division = this.#divisionOf(id.slice(0, 6));
    const key = division * 1e11 + Number(id.slice(6));
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }

  readonly #divisions = new Map<string, number>();
  #divisionOf(code: string): number {
    const known = this.#divisions.get(code) ?? this.#divisions.size;
    this.#divisions.set(code, known);
    return known;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s._\-()（）]/g, '');
}
