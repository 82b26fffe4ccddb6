import type { CaseRow } from '#contract/cases.ts';
import { attentionLevel, type AttentionLevel } from '#domain/sla/attention-level.ts';
import { DotField, type CellSize } from './dot-field.ts';
import type { FlatData } from './layers/flat-layer.ts';
import { groupShape } from './point-groups.ts';
import type { PointMode } from './map-layers.ts';
import { layOutMarks, type Mark, type PlacedMark } from './mark-layout.ts';
import { markShape, shapes, type Shape } from './symbols.ts';

/** How a shown case looks. */
export interface Look {
  readonly level: AttentionLevel;
  readonly shape: Shape;
}

export interface MarkCount {
  readonly level: NonNullable<AttentionLevel>;
  readonly count: number;
}

/**
 * By level, marked cases carry the symbol of their level; normal ones are dots, hollow until a unit has them
 * (desk-wall-briefing.md §9.6). By stage or kind every case carries the shape of its group.
 */
export function lookOf(row: CaseRow, now: number, mode: PointMode = 'level'): Look {
  if (mode === 'stage' || mode === 'kind') return { level: null, shape: groupShape(row, mode) };
  const level = attentionLevel(row, now);
  if (level !== null) return { level, shape: markShape(level) };
  return { level, shape: row.holderUnit === null ? shapes.ring : shapes.dot };
}

/** The cases, which of them are shown, and how: what the map draws, hits and counts. */
export class CaseBoard {
  readonly #rows = new Map<string, CaseRow>();
  readonly #looks = new Map<string, Look>();
  readonly #dots = new DotField();
  readonly #marks = new Map<string, Mark>();
  readonly #counts = new Map<NonNullable<AttentionLevel>, number>();
  readonly #shapeCounts = new Map<Shape, number>();
  #mode: PointMode = 'level';
  #version = 0;
  #filter: ((row: CaseRow) => boolean) | null = null;
  #markData: FlatData = emptyData;
  #fullMarks: readonly PlacedMark[] = [];
  #markRoom: CellSize = { lon: 0, lat: 0 };
  #areMarksNew = false;

  /** Shown cases. */
  get size(): number {
    return this.#looks.size;
  }

  /** Goes up when any shown case came, changed or left. */
  get version(): number {
    return this.#version;
  }

  /** Symbols with a numeral in the picture that was prepared last. */
  get fullMarks(): readonly PlacedMark[] {
    return this.#fullMarks;
  }

  /** Symbols of all sizes in that picture: the same object while they are the same. */
  get marks(): FlatData {
    return this.#markData;
  }

  row(id: string): CaseRow | undefined {
    return this.#rows.get(id);
  }

  /** Undefined when the case is not shown. */
  look(id: string): Look | undefined {
    return this.#looks.get(id);
  }

  *shown(): Iterable<CaseRow> {
    for (const id of this.#looks.keys()) {
      const row = this.#rows.get(id);
      if (row !== undefined) yield row;
    }
  }

  /** @returns its look, or null when it is not shown */
  set(row: CaseRow, now: number): Look | null {
    this.#rows.set(row.id, row);
    return this.#place(row, now);
  }

  delete(id: string): void {
    this.#rows.delete(id);
    this.#hide(id);
  }

  clear(): void {
    this.#rows.clear();
    this.#hideAll();
  }

  setFilter(shows: ((row: CaseRow) => boolean) | null, now: number): void {
    this.#filter = shows;
    this.#hideAll();
    for (const row of this.#rows.values()) this.#place(row, now);
  }

  /** What the points say from now on. */
  setMode(mode: PointMode, now: number): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#hideAll();
    for (const row of this.#rows.values()) this.#place(row, now);
  }

  /** Looks at every shown case again. @returns the cases that look different now */
  refresh(now: number): readonly CaseRow[] {
    if (this.#mode === 'stage' || this.#mode === 'kind') return [];
    const changed: CaseRow[] = [];
    for (const [id, before] of this.#looks) {
      const row = this.#rows.get(id);
      if (row !== undefined && attentionLevel(row, now) !== before.level) changed.push(row);
    }
    for (const row of changed) this.#place(row, now);
    return changed;
  }

  counts(): readonly MarkCount[] {
    return ([1, 2, 3, 4] as const).flatMap((level) => {
      const count = this.#counts.get(level) ?? 0;
      return count === 0 ? [] : [{ level, count }];
    });
  }

  /** Shown cases without a level, by their shape. */
  shapeCount(shape: Shape): number {
    return this.#shapeCounts.get(shape) ?? 0;
  }

  dotData(cell: CellSize): FlatData {
    this.#dots.thin(cell);
    return this.#dots.data();
  }

  /** Bottom to top, the gravest last. */
  markData(room: CellSize): FlatData {
    if (!this.#areMarksNew && room.lon === this.#markRoom.lon && room.lat === this.#markRoom.lat) return this.#markData;
    this.#areMarksNew = false;
    this.#markRoom = room;
    const placed = layOutMarks(this.#marks.values(), room);
    this.#fullMarks = placed.filter(({ shape }) => shape < shapes.smallOctagon);
    const positions = new Float64Array(placed.length * 2);
    const kinds = new Float32Array(placed.length);
    for (const [at, { lon, lat, shape }] of placed.entries()) {
      positions[at * 2] = lon;
      positions[at * 2 + 1] = lat;
      kinds[at] = shape;
    }
    this.#markData = {
      length: placed.length,
      attributes: { getPosition: { value: positions, size: 2 }, getValue: { value: kinds, size: 1 } },
    };
    return this.#markData;
  }

  #place(row: CaseRow, now: number): Look | null {
    const { id, lon, lat } = row;
    if (lon === null || lat === null || this.#filter?.(row) === false) {
      this.#hide(id);
      return null;
    }
    const look = lookOf(row, now, this.#mode);
    const before = this.#looks.get(id);
    this.#looks.set(id, look);
    this.#version += 1;
    if (before !== undefined) this.#count(before, -1);
    this.#count(look, 1);
    if (look.level === null) {
      if (this.#marks.delete(id)) this.#areMarksNew = true;
      this.#dots.set(id, lon, lat, look.shape);
      return look;
    }
    this.#dots.remove(id);
    this.#marks.set(id, { lon, lat, level: look.level });
    this.#areMarksNew = true;
    return look;
  }

  #hide(id: string): void {
    const look = this.#looks.get(id);
    if (look === undefined) return;
    this.#looks.delete(id);
    this.#version += 1;
    this.#count(look, -1);
    this.#dots.remove(id);
    if (this.#marks.delete(id)) this.#areMarksNew = true;
  }

  #hideAll(): void {
    this.#looks.clear();
    this.#counts.clear();
    this.#shapeCounts.clear();
    this.#version += 1;
    this.#dots.clear();
    this.#marks.clear();
    this.#areMarksNew = true;
  }

  #count({ level, shape }: Look, by: number): void {
    if (level === null) this.#shapeCounts.set(shape, this.shapeCount(shape) + by);
    else this.#counts.set(level, (this.#counts.get(level) ?? 0) + by);
  }
}

const emptyData: FlatData = {
  length: 0,
  attributes: {
    getPosition: { value: new Float64Array(0), size: 2 },
    getValue: { value: new Float32Array(0), size: 1 },
  },
};
