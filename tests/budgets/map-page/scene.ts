import type { CaseRow } from '#contract/cases.ts';
import type { DistrictMap } from '#contract/grid.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { arcData, dispatchArcs } from '#renderer/map/dispatch-arcs.ts';
import { darkTheme } from '#renderer/map/map-theme.ts';

/** The time of the seeded cases, epoch milliseconds. */
export const sceneTime = Date.UTC(2026, 10, 24, 6, 35);
export const theme = darkTheme;
export const FONT = 'Noto Sans SC';
const ARCS = 200;

/** What is drawn, the same for all who draw it. */
export interface Scene {
  readonly district: DistrictMap;
  readonly rows: readonly CaseRow[];
  /** Open cases by area. */
  readonly counts: ReadonlyMap<string, number>;
  readonly people: People;
}

/** A way of drawing the scene. */
export interface Drawer {
  /** Resolves when everything is on the screen. */
  settled(): Promise<unknown>;
  /** Puts the camera there; maplibre's zoom. */
  look(lon: number, lat: number, zoom: number): void;
  /** The people are where `positions` says. */
  move(positions: Float64Array): void;
  /** What lies at a point of the map in CSS pixels; whether anything does. */
  pick(x: number, y: number): boolean;
  /** Bytes uploaded for people so far; none where that can't be known. */
  uploaded?(): number;
}

/** People and vehicles that walk to and fro, all of them at once. */
export class People {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly ages: Uint8Array;
  readonly #home: Float64Array;
  readonly #buffers: readonly [Float64Array, Float64Array];
  #turn = 0;

  constructor(places: readonly CaseRow[]) {
    this.count = places.length;
    this.#home = Float64Array.from(places.flatMap(({ lon, lat }) => [lon ?? NaN, lat ?? NaN]));
    this.#buffers = [this.#home.slice(), this.#home.slice()];
    this.kinds = Uint8Array.from(places, (_, at) => (at % 10 === 0 ? 2 : at % 4 === 0 ? 1 : 0));
    this.ages = new Uint8Array(places.length);
  }

  get home(): Float64Array {
    return this.#home;
  }

  /** Where they are at a step: some fifty metres from home, in a direction of their own. */
  at(step: number): Float64Array {
    const out = this.#buffers[this.#turn % 2] ?? this.#home;
    this.#turn += 1;
    const swing = Math.sin(step / 7) * 6e-4;
    for (let at = 0; at < this.count; at += 1) {
      out[2 * at] = (this.#home[2 * at] ?? 0) + swing * Math.cos(at);
      out[2 * at + 1] = (this.#home[2 * at + 1] ?? 0) + swing * Math.sin(at) + 1e-7 * (step % 2);
    }
    return out;
  }
}

/** Two hundred cases were dispatched within the last hour; these are what arcs are drawn to. */
export function withArcs(rows: readonly CaseRow[]): readonly CaseRow[] {
  let left = ARCS;
  return rows.map((row) => {
    if (row.holderUnit === null || left === 0) return row;
    left -= 1;
    return { ...row, holderSince: sceneTime - 600_000 };
  });
}

/** Lines of the arcs, as the product bends them. */
export function arcLines({ district, rows }: Scene): [number, number][][] {
  const places = new Map(district.areas.map(({ code, labelPoint }) => [code, labelPoint]));
  const { arcs } = dispatchArcs({ rows, now: sceneTime, isOfUnit: null, placeOf: (unit) => places.get(unit) });
  const { value } = arcData(arcs).attributes.getPosition;
  const numbers = value.length / arcs.length;
  return arcs.map((_, arc) => {
    const vertices = Array.from({ length: numbers / 2 }, (__, at): [number, number] => [
      value[arc * numbers + 2 * at] ?? NaN,
      value[arc * numbers + 2 * at + 1] ?? NaN,
    ]);
    return vertices.filter((__, at) => at === 0 || at % 2 === 1);
  });
}

/** Colour and radius of a case. */
export function lookOfCase(row: CaseRow): { readonly colour: string; readonly radius: number } {
  const level = attentionLevel(row, sceneTime);
  return level === null ? { colour: theme.dot, radius: 1.2 } : { colour: theme.levels[level], radius: 3 };
}

/** Fill of an area by its open cases, four classes of equal size. */
export function fillsOf({ district, counts }: Scene): ReadonlyMap<string, string> {
  const grids = district.areas.filter(({ level }) => level === 4);
  const sorted = grids.map(({ code }) => counts.get(code) ?? 0).sort((a, b) => a - b);
  const limit = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  const limits = [limit(0.25), limit(0.5), limit(0.75)];
  return new Map(
    grids.map(({ code }) => {
      const at = limits.filter((one) => (counts.get(code) ?? 0) > one).length;
      return [code, theme.fills[at] ?? theme.fills[0]];
    }),
  );
}
