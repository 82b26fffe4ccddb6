import type { CaseRow } from '#contract/cases.ts';
import type { AreaRow } from '#contract/grid.ts';
import type { Areas } from './areas.ts';
import { pinyinInitials } from '#domain/base/pinyin-initials.ts';

/** Something on the map that was meant by what a person typed. */
export type FoundPlace =
  | {
      readonly kind: 'area';
      readonly area: AreaRow;
      /** Names of the areas that hold it, coarsest first: a village is never told without its town (GD4). */
      readonly within: readonly string[];
    }
  | { readonly kind: 'case'; readonly row: CaseRow }
  | { readonly kind: 'point'; readonly lon: number; readonly lat: number };

interface Entry {
  readonly area: AreaRow;
  readonly initials: string;
  readonly within: readonly string[];
}

const DIGITS_OF_CODE = 3;
const DIGITS_OF_CASE = 4;

/** Finds places by name, initials, grid code, case and coordinate. Made once for a district. */
export class PlaceSearch {
  readonly #entries: readonly Entry[];

  constructor(district: readonly AreaRow[], areas: Areas) {
    this.#entries = district
      .filter(({ level }) => level >= areas.unitLevel)
      .map((area) => ({
        area,
        initials: pinyinInitials(area.name),
        within: areas.names(area.code).slice(0, -1),
      }));
  }

  /** Best first, at most `limit`: a coordinate, then areas, then cases; exact before beginning before middle. */
  find(text: string, cases: Iterable<CaseRow>, limit: number): readonly FoundPlace[] {
    const typed = text.trim().toLowerCase();
    if (typed === '') return [];
    const point = pointIn(typed);
    if (point !== null) return [{ kind: 'point', ...point }];
    const areas = this.#areas(typed).slice(0, limit);
    return [...areas, ...casesFor(typed, cases, Math.max(limit - areas.length, 3))].slice(0, limit);
  }

  #areas(typed: string): readonly FoundPlace[] {
    return this.#entries
      .map((entry) => ({ entry, rank: rankOf(entry, typed) }))
      .filter(({ rank }) => rank !== null)
      .sort(
        (a, b) =>
          (a.rank ?? 0) - (b.rank ?? 0) ||
          a.entry.area.level - b.entry.area.level ||
          (a.entry.area.code < b.entry.area.code ? -1 : 1),
      )
      .map(({ entry: { area, within } }) => ({ kind: 'area', area, within }));
  }
}

/**
 * Longitude and latitude as a person writes them, in either order, with comma or blank between; null for anything else, and
 * outside China. They are taken as WGS-84 or CGCS2000.
 */
export function pointIn(text: string): { readonly lon: number; readonly lat: number } | null {
  const [, first, second] = /^(\d{1,3}(?:\.\d+)?)\s*[,，;；\s]\s*(\d{1,3}(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  if (first === undefined || second === undefined) return null;
  const [lon, lat] = Number(first) > Number(second) ? [Number(first), Number(second)] : [Number(second), Number(first)];
  return lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54 ? { lon, lat } : null;
}

/** Smaller is better; null: not meant. Several words: the last names it, the others what holds it. */
function rankOf({ area: { name, code }, initials, within }: Entry, typed: string): number | null {
  const words = typed.split(/\s+/);
  const [last = ''] = words.splice(-1);
  const holders = within.map((holder) => ({ holder: holder.toLowerCase(), initials: pinyinInitials(holder) }));
  const isHeld = words.every((word) =>
    holders.some((one) => one.holder.includes(word) || one.initials.startsWith(word)),
  );
  if (!isHeld) return null;
  const small = name.toLowerCase();
  if (small === last || code === last) return 0;
  if (small.startsWith(last)) return 1;
  if (/^[a-z0-9]+$/.test(last)) {
    if (initials === last) return 2;
    if (/[a-z]/.test(last) && last.length >= 2 && initials.startsWith(last)) return 3;
  }
  if (small.includes(last)) return 4;
  return /^\d+$/.test(last) && last.length >= DIGITS_OF_CODE && code.startsWith(last) ? 5 : null;
}

function casesFor(typed: string, cases: Iterable<CaseRow>, limit: number): readonly FoundPlace[] {
  const words = typed.split(/\s+/);
  const isNumber = /^\d+$/.test(typed);
  if (isNumber && typed.length < DIGITS_OF_CASE) return [];
  const found: CaseRow[] = [];
  for (const row of cases) {
    if (row.lon === null || row.lat === null) continue;
    const fits = isNumber
      ? row.id.endsWith(typed) || row.id.startsWith(typed)
      : words.every((word) => `${row.className} ${row.description} ${row.address}`.toLowerCase().includes(word));
    if (fits) found.push(row);
  }
  return found
    .sort((a, b) => b.reportedAt - a.reportedAt)
    .slice(0, limit)
    .map((row) => ({ kind: 'case', row }));
}
