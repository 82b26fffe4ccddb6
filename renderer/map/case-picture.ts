import type { CaseRow } from '#contract/cases.ts';
import type { AttentionLevel } from '#domain/sla/attention-level.ts';
import { CaseIndex } from './case-index.ts';
import { lookOf, PointBuffer, type Look } from './case-points.ts';
import type { MapTheme } from './map-theme.ts';

/** The cases of the map and how each looks now: normal ones as dots, marked ones above them. */
export class CasePicture {
  readonly dots = new PointBuffer();
  readonly marks = new PointBuffer();
  readonly #rows = new Map<string, CaseRow>();
  readonly #looks = new Map<string, Look>();
  readonly #index = new CaseIndex();
  #filter: ((row: CaseRow) => boolean) | null = null;
  #theme: MapTheme;

  constructor(theme: MapTheme) {
    this.#theme = theme;
  }

  clear(): void {
    this.#rows.clear();
    this.#hideAll();
  }

  /** The case's look; null if it is not drawn: without a place, or filtered out. */
  set(row: CaseRow, now: number): Look | null {
    this.#rows.set(row.id, row);
    return this.#place(row, now);
  }

  delete(id: string): void {
    this.#rows.delete(id);
    this.#hide(id);
  }

  /** Looks at every case again with another filter or theme. */
  setFilter(filter: ((row: CaseRow) => boolean) | null, theme: MapTheme, now: number): void {
    this.#filter = filter;
    this.#theme = theme;
    this.#hideAll();
    for (const row of this.#rows.values()) this.#place(row, now);
  }

  get filter(): ((row: CaseRow) => boolean) | null {
    return this.#filter;
  }

  /** Levels change with time. Whether any case looks different now. */
  refresh(now: number): boolean {
    let hasChanged = false;
    for (const row of this.#rows.values()) {
      const before = this.#looks.get(row.id);
      if (before === undefined || lookOf(row, this.#theme, now).shape === before.shape) continue;
      this.#place(row, now);
      hasChanged = true;
    }
    return hasChanged;
  }

  /** Drawn cases in a box of degrees: west, south, east, north. */
  within(box: readonly [number, number, number, number]): readonly CaseRow[] {
    return this.#index.within(() => this.#shown(), box);
  }

  /** How many drawn cases carry each mark. */
  markCounts(): readonly { readonly level: Exclude<AttentionLevel, null>; readonly count: number }[] {
    const counts = { 2: 0, 3: 0, 4: 0 };
    for (const { level } of this.#looks.values()) if (level !== null) counts[level] += 1;
    return ([2, 3, 4] as const).map((level) => ({ level, count: counts[level] }));
  }

  #place(row: CaseRow, now: number): Look | null {
    const { id, lon, lat } = row;
    this.#index.invalidate();
    if (lon === null || lat === null || this.#filter?.(row) === false) {
      this.#hide(id);
      return null;
    }
    const look = lookOf(row, this.#theme, now);
    this.#looks.set(id, look);
    (look.level === null ? this.marks : this.dots).remove(id);
    (look.level === null ? this.dots : this.marks).set(id, lon, lat, look);
    return look;
  }

  #hide(id: string): void {
    if (!this.#looks.delete(id)) return;
    this.dots.remove(id);
    this.marks.remove(id);
    this.#index.invalidate();
  }

  #hideAll(): void {
    this.#looks.clear();
    this.dots.clear();
    this.marks.clear();
    this.#index.invalidate();
  }

  *#shown(): Iterable<CaseRow> {
    for (const row of this.#rows.values()) if (this.#looks.has(row.id)) yield row;
  }
}
