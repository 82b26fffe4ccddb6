import { componentAt, type ComponentColumns } from '#contract/component-file.ts';
import type { Component } from '#domain/components/component.ts';

/** What the map draws of all inventories together, and what lies behind each place in it. */
export interface ComponentShelf {
  readonly count: number;
  /** Longitude and latitude of each in degrees. */
  readonly positions: Float64Array;
  /** Class of each: its place in `names`. */
  readonly classes: Uint8Array;
  readonly names: readonly string[];
  at(index: number): Component;
}

const STEPS_PER_DEGREE = 1e7;
/** Of more classes than a byte can name the rest share the last name. */
const MOST_CLASSES = 256;

/**
 * Inventories as one, oldest first: of an id that stands in several the latest counts. `nameOf` names a class code, `rest`
 * the classes above 255.
 */
export function shelfOf(
  inventories: readonly ComponentColumns[],
  nameOf: (code: string) => string,
  rest: string,
): ComponentShelf {
  const codes = [...new Set(inventories.flatMap(({ head }) => head.classes))].toSorted();
  const places = new Map(codes.map((code, place) => [code, Math.min(place, MOST_CLASSES - 1)]));
  const named = codes.slice(0, MOST_CLASSES - 1).map(nameOf);
  const names = codes.length < MOST_CLASSES ? codes.map(nameOf) : [...named, rest];
  const total = inventories.reduce((sum, { count }) => sum + count, 0);
  const positions = new Float64Array(total * 2);
  const classes = new Uint8Array(total);
  const sources = new Uint32Array(total);
  const rows = new Uint32Array(total);
  const isShown = firstOfEach(inventories);
  let count = 0;
  for (const [source, columns] of inventories.entries()) {
    const own = columns.head.classes.map((code) => places.get(code) ?? 0);
    for (let row = 0; row < columns.count; row += 1) {
      if (!isShown(source, row)) continue;
      positions[count * 2] = (columns.lons[row] ?? 0) / STEPS_PER_DEGREE;
      positions[count * 2 + 1] = (columns.lats[row] ?? 0) / STEPS_PER_DEGREE;
      classes[count] = own[columns.classes[row] ?? 0] ?? 0;
      sources[count] = source;
      rows[count] = row;
      count += 1;
    }
  }
  return {
    ...{ count, positions, classes, names },
    at: (index) => {
      const columns = inventories[sources[index] ?? 0];
      if (columns === undefined) throw new RangeError(`no component ${index}`);
      return componentAt(columns, rows[index] ?? 0);
    },
  };
}

/** Whether a row is the latest of its id. Ids are once in each inventory, so one alone needs no look. */
function firstOfEach(inventories: readonly ComponentColumns[]): (source: number, row: number) => boolean {
  if (inventories.length < 2) return () => true;
  const divisions = new Map<string, number>();
  const seen = new Set<number>();
  const later = new Set<string>();
  const keyOf = ({ head, ...columns }: ComponentColumns, row: number) => {
    const division = head.divisions[columns.divisions[row] ?? 0] ?? '';
    const known = divisions.get(division) ?? divisions.size;
    divisions.set(division, known);
    return known * 1e11 + Number(head.classes[columns.classes[row] ?? 0]) * 1e6 + (columns.serials[row] ?? 0);
  };
  for (const [source, columns] of [...inventories.entries()].toReversed()) {
    for (let row = 0; row < columns.count; row += 1) {
      const key = keyOf(columns, row);
      if (seen.has(key)) later.add(`${source} ${row}`);
      else seen.add(key);
    }
  }
  return (source, row) => !later.has(`${source} ${row}`);
}
