import type { Steps } from './steps.ts';

/** A report with its place, WGS-84 degrees; `key` names the case, `day` is counted since 1970-01-01. */
export interface PlacedReport {
  readonly key: number;
  readonly classCode: number;
  readonly lon: number;
  readonly lat: number;
  readonly day: number;
}

export interface RepeatRules {
  /** How far apart two places may be, in metres, and still be the same. */
  readonly metres: number;
  /** So many reports at a place are a repeat. */
  readonly least: number;
}

/** Reports of one class at one place, the earliest first. */
export interface Repeat {
  readonly classCode: number;
  readonly reports: readonly PlacedReport[];
}

const METRES_OF_A_DEGREE = 111_320;
/** Reports that are looked at in one turn: some milliseconds. */
const TURN = 2_000;

/**
 * Places where the same class came again and again, those with most reports first. A place is a report with all of its class within
 * the distance around it; the one with most around it comes first and takes them, so that places along a street do not grow
 * together as they do when each neighbour brings its own.
 */
export function* repeats(reports: readonly PlacedReport[], { metres, least }: RepeatRules): Steps<readonly Repeat[]> {
  if (metres <= 0) return [];
  const unit = metres / METRES_OF_A_DEGREE;
  // One parallel for all: in a district the others differ by less than a metre in a kilometre.
  const scale = Math.cos(((reports[0]?.lat ?? 0) * Math.PI) / 180);
  const xs = Float64Array.from(reports, ({ lon }) => (lon * scale) / unit);
  const ys = Float64Array.from(reports, ({ lat }) => lat / unit);
  const classes = Uint32Array.from(reports, ({ classCode }) => classCode);
  // Reports of a cell are a list: its last one, and before each the one before it.
  const last = new Map<number, number>();
  const before = new Int32Array(reports.length);
  for (let at = 0; at < reports.length; at += 1) {
    const cell = cellOf(classes[at] ?? 0, Math.floor(xs[at] ?? 0), Math.floor(ys[at] ?? 0));
    before[at] = last.get(cell) ?? -1;
    last.set(cell, at);
  }
  /** Calls for each report of the same class within the distance, itself included. */
  const around = (at: number, call: (other: number) => void) => {
    const [classCode, x, y] = [classes[at] ?? 0, xs[at] ?? 0, ys[at] ?? 0];
    const [column, line] = [Math.floor(x), Math.floor(y)];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (
          let other = last.get(cellOf(classCode, column + dx, line + dy)) ?? -1;
          other >= 0;
          other = before[other] ?? -1
        ) {
          const [east, north] = [xs[other] ?? 0, ys[other] ?? 0];
          // Other classes and far cells may share a number.
          const isOfCell = Math.floor(east) === column + dx && Math.floor(north) === line + dy;
          if (isOfCell && classes[other] === classCode && (east - x) ** 2 + (north - y) ** 2 <= 1) call(other);
        }
      }
    }
  };
  const seeds: { readonly at: number; readonly count: number }[] = [];
  for (let at = 0; at < reports.length; at += 1) {
    if (at % TURN === 0) yield;
    let count = 0;
    around(at, () => (count += 1));
    if (count >= least) seeds.push({ at, count });
  }
  seeds.sort((a, b) => b.count - a.count || a.at - b.at);
  const taken = new Set<number>();
  return seeds
    .flatMap(({ at }) => {
      if (taken.has(at)) return [];
      const own: number[] = [];
      around(at, (other) => {
        if (!taken.has(other)) own.push(other);
      });
      if (own.length < least) return [];
      for (const other of own) taken.add(other);
      const members = own.flatMap((other) => reports[other] ?? []).sort((a, b) => a.day - b.day || a.key - b.key);
      return [{ classCode: reports[at]?.classCode ?? 0, reports: members }];
    })
    .sort((a, b) => b.reports.length - a.reports.length);
}

function cellOf(classCode: number, x: number, y: number): number {
  return (Math.imul(x, 73_856_093) ^ Math.imul(y, 19_349_663) ^ Math.imul(classCode, 83_492_791)) >>> 0;
}
