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

/**
 * Places where the same class came again and again, those with most reports first. A place is a report with all of its class within
 * the distance around it; the one with most around it comes first and takes them, so that places along a street do not grow
 * together as they do when each neighbour brings its own.
 */
export function repeats(reports: readonly PlacedReport[], { metres, least }: RepeatRules): readonly Repeat[] {
  if (metres <= 0) return [];
  const north = metres / METRES_OF_A_DEGREE;
  // One parallel for all: in a district the others differ by less than a metre in a kilometre.
  const scale = Math.cos(((reports[0]?.lat ?? 0) * Math.PI) / 180);
  const xs = Float64Array.from(reports, ({ lon }) => (lon * scale) / north);
  const ys = Float64Array.from(reports, ({ lat }) => lat / north);
  const classes = Uint32Array.from(reports, ({ classCode }) => classCode);
  const cells = new Map<number, number[]>();
  for (let at = 0; at < reports.length; at += 1) {
    const cell = cellOf(classes[at] ?? 0, Math.floor(xs[at] ?? 0), Math.floor(ys[at] ?? 0));
    const known = cells.get(cell);
    if (known === undefined) cells.set(cell, [at]);
    else known.push(at);
  }
  const around = (at: number) => {
    const [classCode, x, y] = [classes[at] ?? 0, xs[at] ?? 0, ys[at] ?? 0];
    const found: number[] = [];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const other of cells.get(cellOf(classCode, Math.floor(x) + dx, Math.floor(y) + dy)) ?? []) {
          // Other classes and far cells may share a number.
          const isNear = Math.hypot((xs[other] ?? 0) - x, (ys[other] ?? 0) - y) <= 1;
          if (isNear && classes[other] === classCode && !found.includes(other)) found.push(other);
        }
      }
    }
    return found;
  };
  const seeds = reports
    .map((_, at) => ({ at, count: around(at).length }))
    .filter(({ count }) => count >= least)
    .sort((a, b) => b.count - a.count || a.at - b.at);
  const taken = new Set<number>();
  return seeds
    .flatMap(({ at }) => {
      if (taken.has(at)) return [];
      const own = around(at).filter((other) => !taken.has(other));
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
