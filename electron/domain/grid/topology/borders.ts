import { turn, type LatticePoint } from './lattice.ts';

/**
 * A piece of border between two vertices, from the lower number to the higher. `windings` says for each area on one of
 * its sides how often the area's rings run along it, less how often they run against it: what is left of the piece lies in
 * the area that many times more than what is right of it.
 */
export interface Border {
  readonly from: number;
  readonly to: number;
  readonly windings: Map<number, number>;
}

/** Vertices and borders of many rings, first as they are, then cut wherever two meet. */
export class BorderNet {
  readonly vertices: LatticePoint[] = [];
  readonly #numbers = new Map<number, number>();
  #borders = new Map<number, Border>();

  /** A ring of an area, its inside to the left; points are not repeated at the end. */
  addRing(area: number, points: readonly LatticePoint[]): void {
    const numbers = points.map((point) => this.#vertex(point));
    for (const [index, from] of numbers.entries()) {
      const to = numbers[(index + 1) % numbers.length] ?? from;
      if (from !== to) add(this.#borders, from, to, area, 1);
    }
  }

  /**
   * Cuts borders at each other's ends and crossings until none meet but at vertices, and leaves out those that have the
   * same areas on both sides (a ring that runs back on itself). A crossing is moved to the nearest lattice point, which
   * may bring new ones about; three rounds are usual where there are any.
   */
  cut(): readonly Border[] {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const borders = [...this.#borders.values()];
      const cuts = this.#cutsOf(borders);
      if (cuts.size === 0) break;
      const next = new Map<number, Border>();
      for (const [index, border] of borders.entries()) {
        let from = border.from;
        for (const to of [...this.#along(border, cuts.get(index) ?? []), border.to]) {
          for (const [area, winding] of border.windings) add(next, from, to, area, winding);
          from = to;
        }
      }
      this.#borders = next;
    }
    return [...this.#borders.values()].filter(({ windings }) => windings.size > 0);
  }

  #vertex(point: LatticePoint): number {
    const key = point[0] * KEY_FACTOR + point[1];
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.vertices.length;
    this.vertices.push(point);
    this.#numbers.set(key, number);
    return number;
  }

  #cutsOf(borders: readonly Border[]): ReadonlyMap<number, ReadonlySet<number>> {
    const cuts = new Map<number, Set<number>>();
    const cutAt = (index: number, vertex: number): void => {
      const border = borders[index] as Border;
      if (vertex === border.from || vertex === border.to) return;
      const known = cuts.get(index);
      if (known === undefined) cuts.set(index, new Set([vertex]));
      else known.add(vertex);
    };
    for (const cell of this.#cells(borders)) {
      for (let first = 1; first < cell.length; first += 1) {
        for (let second = 0; second < first; second += 1) {
          this.#meet(borders, cell[first] as number, cell[second] as number, cutAt);
        }
      }
    }
    return cuts;
  }

  #meet(
    borders: readonly Border[],
    first: number,
    second: number,
    cutAt: (index: number, vertex: number) => void,
  ): void {
    const [one, other] = [borders[first] as Border, borders[second] as Border];
    const [a, b] = [this.#at(one.from), this.#at(one.to)];
    const [c, d] = [this.#at(other.from), this.#at(other.to)];
    if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) - 1 || Math.max(c[0], d[0]) < Math.min(a[0], b[0]) - 1) return;
    if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) - 1 || Math.max(c[1], d[1]) < Math.min(a[1], b[1]) - 1) return;
    let isTouching = false;
    for (const end of [other.from, other.to]) {
      if (end === one.from || end === one.to) isTouching = true;
      else if (liesOn(this.#at(end), a, b)) {
        cutAt(first, end);
        isTouching = true;
      }
    }
    for (const end of [one.from, one.to]) {
      if (end === other.from || end === other.to || !liesOn(this.#at(end), c, d)) continue;
      cutAt(second, end);
      isTouching = true;
    }
    if (isTouching) return;
    const [turnC, turnD] = [turn(a, b, c), turn(a, b, d)];
    if (turnC > 0 === turnD > 0 || turn(c, d, a) > 0 === turn(c, d, b) > 0) return;
    const share = turnC / (turnC - turnD);
    const crossing = this.#vertex([Math.round(c[0] + (d[0] - c[0]) * share), Math.round(c[1] + (d[1] - c[1]) * share)]);
    cutAt(first, crossing);
    cutAt(second, crossing);
  }

  /** Cuts in the order in which they are met from the border's beginning. */
  #along({ from, to }: Border, cuts: Iterable<number>): readonly number[] {
    const [a, b] = [this.#at(from), this.#at(to)];
    const place = (vertex: number): number => {
      const [x, y] = this.#at(vertex);
      return (x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1]);
    };
    return [...cuts].sort((first, second) => place(first) - place(second));
  }

  /** Numbers of the borders that may meet, by squares of the plane; about two borders to a square on average. */
  #cells(borders: readonly Border[]): Iterable<readonly number[]> {
    const side = Math.max(1, Math.ceil(Math.sqrt(borders.length)));
    let size = 1;
    for (const [x, y] of this.vertices) size = Math.max(size, x, y);
    const width = (size + 2) / side;
    const cells = new Map<number, number[]>();
    for (const [index, { from, to }] of borders.entries()) {
      const [a, b] = [this.#at(from), this.#at(to)];
      const [low, high] = a[1] <= b[1] ? [a, b] : [b, a];
      const slope = high[1] === low[1] ? 0 : (high[0] - low[0]) / (high[1] - low[1]);
      for (let row = cellOf(low[1] - 1, width); row <= cellOf(high[1] + 1, width); row += 1) {
        const isLevel = high[1] === low[1];
        const left = isLevel ? low[0] : low[0] + slope * (Math.max(row * width - 2, low[1]) - low[1]);
        const right = isLevel ? high[0] : low[0] + slope * (Math.min((row + 1) * width + 2, high[1]) - low[1]);
        const last = cellOf(Math.max(left, right) + 2, width);
        for (let column = cellOf(Math.min(left, right) - 2, width); column <= last; column += 1) {
          const key = row * (side + 2) + column;
          const known = cells.get(key);
          if (known === undefined) cells.set(key, [index]);
          else known.push(index);
        }
      }
    }
    return cells.values();
  }

  #at(vertex: number): LatticePoint {
    return this.vertices[vertex] as LatticePoint;
  }
}

const MAX_ROUNDS = 8;
const KEY_FACTOR = 2 ** 26 + 1;

function add(borders: Map<number, Border>, from: number, to: number, area: number, winding: number): void {
  if (from === to) return;
  const isForward = from < to;
  const [low, high] = isForward ? [from, to] : [to, from];
  const key = low * KEY_FACTOR + high;
  let border = borders.get(key);
  if (border === undefined) {
    border = { from: low, to: high, windings: new Map() };
    borders.set(key, border);
  }
  const sum = (border.windings.get(area) ?? 0) + (isForward ? winding : -winding);
  if (sum === 0) border.windings.delete(area);
  else border.windings.set(area, sum);
}

/** Whether a point lies between the ends, nearer to the line than lattice points lie to each other. */
function liesOn(point: LatticePoint, a: LatticePoint, b: LatticePoint): boolean {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = (point[0] - a[0]) * dx + (point[1] - a[1]) * dy;
  if (along <= 0 || along >= dx * dx + dy * dy) return false;
  return Math.abs(turn(a, b, point)) <= 0.71 * Math.hypot(dx, dy);
}

function cellOf(value: number, width: number): number {
  return Math.max(0, Math.floor(value / width));
}
