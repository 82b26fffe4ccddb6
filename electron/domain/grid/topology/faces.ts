import type { Border } from './borders.ts';
import { twiceArea, type LatticePoint } from './lattice.ts';

/** A piece of the plane that no border divides. Lines of points are not closed; the outer one comes first. */
export interface Face {
  readonly lines: readonly (readonly LatticePoint[])[];
  /** Twice the area in square steps, holes taken off. */
  readonly twiceSteps: number;
  /** How often each area covers it; 1 in a clean net. */
  readonly coverage: ReadonlyMap<number, number>;
}

/** Faces and, for every border, the faces on its two sides; null is the outside. */
export interface FaceMap {
  readonly faces: readonly Face[];
  readonly sides: readonly { readonly border: Border; readonly left: number | null; readonly right: number | null }[];
}

/** A line around one side of a connected set of borders. */
interface Line {
  readonly vertices: readonly number[];
  readonly halves: readonly number[];
  readonly twice: number;
}

/**
 * The faces of borders that meet at vertices only. Half-borders 2n and 2n + 1 run along border n and against it. Around
 * each vertex they are sorted by angle; a line turns as far left as it can and so walks around one face.
 */
export function facesOf(vertices: readonly LatticePoint[], borders: readonly Border[]): FaceMap {
  const starts = borders.flatMap(({ from, to }) => [from, to]);
  const nextHalf = nextHalves(vertices, starts);
  const lines: Line[] = [];
  const lineOf = new Int32Array(starts.length).fill(-1);
  for (let half = 0; half < starts.length; half += 1) {
    if (lineOf[half] !== -1) continue;
    const halves: number[] = [];
    for (let at = half; lineOf[at] === -1; at = nextHalf[at] ?? half) {
      lineOf[at] = lines.length;
      halves.push(at);
    }
    const numbers = halves.map((at) => starts[at] ?? 0);
    lines.push({
      vertices: numbers,
      halves,
      twice: twiceArea(numbers.map((number) => vertices[number] as LatticePoint)),
    });
  }
  const parts = connectedParts(lines, lineOf);
  const coverage = coverageOf(vertices, borders, lines, lineOf, parts);

  const faceOf = new Map<number, number>();
  const faces: Face[] = [];
  const inside = new Map<number, number[]>();
  for (const { outer, around } of coverage.parts) {
    if (around === null) continue;
    const known = inside.get(around);
    if (known === undefined) inside.set(around, [outer]);
    else known.push(outer);
  }
  for (const [index, line] of lines.entries()) {
    if (line.twice <= 0) continue;
    faceOf.set(index, faces.length);
    const holes = inside.get(index) ?? [];
    for (const hole of holes) faceOf.set(hole, faces.length);
    const all = [index, ...holes].map((number) => lines[number] as Line);
    faces.push({
      lines: all.map(({ vertices: numbers }) => numbers.map((number) => vertices[number] as LatticePoint)),
      twiceSteps: all.reduce((sum, { twice }) => sum + twice, 0),
      coverage: coverage.ofLine[index] ?? new Map(),
    });
  }
  const sides = borders.map((border, index) => ({
    border,
    left: faceOf.get(lineOf[index * 2] ?? -1) ?? null,
    right: faceOf.get(lineOf[index * 2 + 1] ?? -1) ?? null,
  }));
  return { faces, sides };
}

/** For each half-border the one that follows on its line. */
function nextHalves(vertices: readonly LatticePoint[], starts: readonly number[]): Int32Array {
  const leaving = new Map<number, number[]>();
  for (const [half, start] of starts.entries()) {
    const known = leaving.get(start);
    if (known === undefined) leaving.set(start, [half]);
    else known.push(half);
  }
  const next = new Int32Array(starts.length);
  for (const [start, halves] of leaving) {
    const [x, y] = vertices[start] as LatticePoint;
    const direction = (half: number): LatticePoint => {
      const [toX, toY] = vertices[starts[half ^ 1] ?? 0] as LatticePoint;
      return [toX - x, toY - y];
    };
    halves.sort((first, second) => byAngle(direction(first), direction(second)));
    // What arrives as the twin of one leaves by the next one clockwise.
    for (const [index, half] of halves.entries()) {
      next[half ^ 1] = halves[(index + halves.length - 1) % halves.length] ?? half;
    }
  }
  return next;
}

/** Counter-clockwise from the east; exact. */
function byAngle(first: LatticePoint, second: LatticePoint): number {
  const [upper, lower] = [isUpper(first), isUpper(second)];
  if (upper !== lower) return upper ? -1 : 1;
  return second[0] * first[1] - first[0] * second[1];
}

function isUpper([x, y]: LatticePoint): boolean {
  return y > 0 || (y === 0 && x > 0);
}

/** Lines that hang together by their borders, each part with its outer line, which alone runs clockwise. */
interface Part {
  readonly lines: readonly number[];
  readonly outer: number;
  readonly box: readonly [number, number, number, number];
}

function connectedParts(lines: readonly Line[], lineOf: Int32Array): readonly Part[] {
  const seen = new Set<number>();
  const parts: Part[] = [];
  for (const first of lines.keys()) {
    if (seen.has(first)) continue;
    seen.add(first);
    const found = [first];
    for (const line of found) {
      for (const half of lines[line]?.halves ?? []) {
        const beyond = lineOf[half ^ 1] ?? line;
        if (seen.has(beyond)) continue;
        seen.add(beyond);
        found.push(beyond);
      }
    }
    const outer = found.reduce((least, line) =>
      (lines[line]?.twice ?? 0) < (lines[least]?.twice ?? 0) ? line : least,
    );
    parts.push({ lines: found, outer, box: [0, 0, 0, 0] });
  }
  return parts;
}

/** Coverage of every line's left side, and for each part's outer line the line of another part around it. */
function coverageOf(
  vertices: readonly LatticePoint[],
  borders: readonly Border[],
  lines: readonly Line[],
  lineOf: Int32Array,
  given: readonly Part[],
): {
  readonly ofLine: readonly (ReadonlyMap<number, number> | undefined)[];
  readonly parts: readonly { readonly outer: number; readonly around: number | null }[];
} {
  const pointsOf = (line: number): readonly LatticePoint[] =>
    (lines[line]?.vertices ?? []).map((vertex) => vertices[vertex] as LatticePoint);
  const parts = given.map((part) => ({ ...part, box: boxOf(pointsOf(part.outer)) }));
  // Whatever lies around a part has a larger box, so its coverage is known first.
  parts.sort((first, second) => sizeOf(second.box) - sizeOf(first.box));
  const ofLine: (ReadonlyMap<number, number> | undefined)[] = [];
  const placed: { outer: number; around: number | null }[] = [];
  for (const [index, part] of parts.entries()) {
    const around = index === 0 ? null : lineAround(part, parts.slice(0, index));
    placed.push({ outer: part.outer, around });
    ofLine[part.outer] = around === null ? new Map() : ofLine[around];
    const queue = [part.outer];
    for (const line of queue) {
      for (const half of lines[line]?.halves ?? []) {
        const beyond = lineOf[half ^ 1] ?? line;
        if (ofLine[beyond] !== undefined) continue;
        ofLine[beyond] = across(ofLine[line] ?? new Map(), borders[half >> 1]?.windings ?? new Map(), half % 2 === 0);
        queue.push(beyond);
      }
    }
  }
  return { ofLine, parts: placed };

  function lineAround({ outer }: Part, larger: readonly Part[]): number | null {
    const start = pointsOf(outer)[0];
    if (start === undefined) return null;
    let best: number | null = null;
    for (const part of larger) {
      if (!holds(part.box, start)) continue;
      for (const line of part.lines) {
        const { twice } = lines[line] as Line;
        if (twice <= 0 || (best !== null && twice >= (lines[best]?.twice ?? 0))) continue;
        const points = pointsOf(line);
        if (holds(boxOf(points), start) && isInside(start, points)) best = line;
      }
    }
    return best;
  }
}

/** From the left of a half-border to its right. */
function across(
  left: ReadonlyMap<number, number>,
  windings: ReadonlyMap<number, number>,
  isForward: boolean,
): ReadonlyMap<number, number> {
  const right = new Map(left);
  for (const [area, winding] of windings) {
    const sum = (right.get(area) ?? 0) - (isForward ? winding : -winding);
    if (sum === 0) right.delete(area);
    else right.set(area, sum);
  }
  return right;
}

type Box = readonly [number, number, number, number];

function boxOf(points: readonly LatticePoint[]): Box {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return [left, bottom, right, top];
}

function sizeOf([left, bottom, right, top]: Box): number {
  return (right - left) * (top - bottom);
}

function holds([left, bottom, right, top]: Box, [x, y]: LatticePoint): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

function isInside([x, y]: LatticePoint, points: readonly LatticePoint[]): boolean {
  let isOdd = false;
  for (const [index, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) isOdd = !isOdd;
  }
  return isOdd;
}
