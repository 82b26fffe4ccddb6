import type { Area, Position } from '../district.ts';
import { BorderNet } from './borders.ts';
import { directed } from './directed.ts';
import { facesOf, type Face } from './faces.ts';
import { innerPoint } from './inner-point.ts';
import { Lattice, type LatticePoint } from './lattice.ts';

/** What the comparison needs to know of an area. */
export type ComparedArea = Pick<Area, 'code' | 'name' | 'parent' | 'polygons'>;

/**
 * - `added`, `gone`: a code that only one of the nets has, if the areas below do not tell why
 * - `split`: an area of before whose ground several areas share, new codes among them · `merged`: several areas of before,
 *   codes that are no more among them, have become one
 * - `moved`: the same code with other borders · `renamed` · `reassigned`: it belongs to another parent
 */
export const netChangeKinds = ['split', 'merged', 'added', 'gone', 'moved', 'reassigned', 'renamed'] as const;
export type NetChangeKind = (typeof netChangeKinds)[number];

export interface NetChange {
  readonly kind: NetChangeKind;
  /** Places in the given lists: what was, and what comes in its stead. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Ground that changes hands: of an added or gone area all of it, of a moved one what it gained and lost. 0 of names and parents. */
  readonly squareMetres: number;
  /** Of a moved area the width of the widest strip that changes hands; else 0. */
  readonly widthMetres: number;
  /** Within the largest piece that changes hands. Null where none does. */
  readonly at: Position | null;
  /** Lines around the pieces that change hands, closed, for drawing; of a moved area only. */
  readonly rings: readonly (readonly Position[])[];
}

/** 可配置. `movedMetres`: map-and-data.md §5 GI9; the shares are ours. */
export interface CompareLimits {
  /** Strips that are thinner are two drawings of one border. */
  readonly movedMetres: number;
  /** Part of an area from which on it counts as having gone into another one, or as having come out of it. */
  readonly share: number;
}

const defaultCompareLimits: CompareLimits = { movedMetres: 20, share: 0.1 };

/** Ground of one area that lies in another one, or in none of the other net. */
interface Piece {
  readonly face: Face;
  readonly squareMetres: number;
  readonly widthMetres: number;
}

/**
 * What changes from one level to the same level of another net. Both are laid over one another and cut into faces, so that
 * the ground that changes hands has its exact place and size; what is thinner than a limit is left out.
 */
export function compareNets(
  before: readonly ComparedArea[],
  after: readonly ComparedArea[],
  limits: CompareLimits = defaultCompareLimits,
): readonly NetChange[] {
  const all = [...before, ...after];
  const lattice = new Lattice(all.flatMap(({ polygons }) => polygons.flat(2)));
  const net = new BorderNet();
  for (const [index, { polygons }] of all.entries()) {
    for (const rings of polygons) {
      for (const [place, ring] of rings.entries()) {
        const points = directed(ring, lattice, place === 0);
        if (points !== null) net.addRing(index, points);
      }
    }
  }
  const ground = new Ground(before.length, after.length);
  for (const face of facesOf(net.vertices, net.cut()).faces) ground.add(face, lattice);
  return changesOf(before, after, ground, lattice, limits);
}

/** How the areas of two nets share the ground. */
class Ground {
  readonly sizes: { readonly before: Float64Array; readonly after: Float64Array };
  readonly #count: number;
  /** Square metres, by place before, then by place after. */
  readonly shared: readonly Map<number, number>[];
  /** Pieces where the net of before has other areas than that of after, by the areas that have a hand in them. */
  readonly piecesOfBefore: readonly Piece[][];
  readonly piecesOfAfter: readonly Piece[][];

  constructor(before: number, after: number) {
    this.#count = before;
    this.sizes = { before: new Float64Array(before), after: new Float64Array(after) };
    this.shared = Array.from({ length: before }, () => new Map<number, number>());
    this.piecesOfBefore = Array.from({ length: before }, () => []);
    this.piecesOfAfter = Array.from({ length: after }, () => []);
  }

  add(face: Face, lattice: Lattice): void {
    if (face.coverage.size === 0) return;
    const own = [...face.coverage.keys()];
    const was = own.filter((index) => index < this.#count);
    const comes = own.flatMap((index) => (index < this.#count ? [] : [index - this.#count]));
    const piece = measured(face, lattice);
    for (const index of was) {
      this.sizes.before[index] = (this.sizes.before[index] ?? 0) + piece.squareMetres;
      this.piecesOfBefore[index]?.push(piece);
    }
    for (const index of comes) {
      this.sizes.after[index] = (this.sizes.after[index] ?? 0) + piece.squareMetres;
      this.piecesOfAfter[index]?.push(piece);
    }
    for (const from of was) {
      const shared = this.shared[from];
      for (const to of comes) shared?.set(to, (shared.get(to) ?? 0) + piece.squareMetres);
    }
  }

  /** Pieces that only one of two areas has. */
  between(from: number, to: number): readonly Piece[] {
    const lost = (this.piecesOfBefore[from] ?? []).filter(({ face }) => !face.coverage.has(this.#count + to));
    const gained = (this.piecesOfAfter[to] ?? []).filter(({ face }) => !face.coverage.has(from));
    return [...lost, ...gained];
  }
}

function changesOf(
  before: readonly ComparedArea[],
  after: readonly ComparedArea[],
  ground: Ground,
  lattice: Lattice,
  { movedMetres, share }: CompareLimits,
): readonly NetChange[] {
  const changes: NetChange[] = [];
  const add = (kind: NetChangeKind, from: readonly number[], to: readonly number[], rest: Partial<NetChange> = {}) =>
    changes.push({ kind, before: from, after: to, squareMetres: 0, widthMetres: 0, at: null, rings: [], ...rest });
  const placeOfAfter = new Map(after.map(({ code }, index) => [code, index]));
  const placeOfBefore = new Map(before.map(({ code }, index) => [code, index]));
  const told = { before: new Set<number>(), after: new Set<number>() };

  for (const from of before.keys()) {
    // Ground that goes to a neighbour moves a border; an area is split when codes come that were not there.
    const heirs = heirsOf(ground, from, share).filter((heir) => {
      const code = after[heir]?.code ?? '';
      return code === before[from]?.code || !placeOfBefore.has(code);
    });
    if (heirs.length < 2) continue;
    add('split', [from], heirs, {
      squareMetres: ground.sizes.before[from] ?? 0,
      at: widest(ground.piecesOfBefore[from], lattice),
    });
    told.before.add(from);
    for (const heir of heirs) told.after.add(heir);
  }
  for (const to of after.keys()) {
    const sources = sourcesOf(ground, to, share).filter((source) => {
      const code = before[source]?.code ?? '';
      return code === after[to]?.code || !placeOfAfter.has(code);
    });
    if (sources.length < 2) continue;
    add('merged', sources, [to], {
      squareMetres: ground.sizes.after[to] ?? 0,
      at: widest(ground.piecesOfAfter[to], lattice),
    });
    told.after.add(to);
    for (const source of sources) told.before.add(source);
  }
  for (const [to, { code }] of after.entries()) {
    if (placeOfBefore.has(code) || told.after.has(to)) continue;
    add('added', [], [to], {
      squareMetres: ground.sizes.after[to] ?? 0,
      at: widest(ground.piecesOfAfter[to], lattice),
    });
  }
  for (const [from, area] of before.entries()) {
    const to = placeOfAfter.get(area.code);
    const next = to === undefined ? undefined : after[to];
    if (to === undefined || next === undefined) {
      if (told.before.has(from)) continue;
      add('gone', [from], [], {
        squareMetres: ground.sizes.before[from] ?? 0,
        at: widest(ground.piecesOfBefore[from], lattice),
      });
      continue;
    }
    if (next.name !== area.name) add('renamed', [from], [to], { at: widest(ground.piecesOfAfter[to], lattice) });
    if (next.parent !== area.parent) add('reassigned', [from], [to], { at: widest(ground.piecesOfAfter[to], lattice) });
    if (told.before.has(from) || told.after.has(to)) continue;
    const pieces = ground.between(from, to).filter(({ widthMetres }) => widthMetres >= movedMetres);
    if (pieces.length === 0) continue;
    add('moved', [from], [to], {
      squareMetres: pieces.reduce((sum, { squareMetres }) => sum + squareMetres, 0),
      widthMetres: pieces.reduce((most, { widthMetres }) => Math.max(most, widthMetres), 0),
      at: widest(pieces, lattice),
      rings: pieces.flatMap(({ face }) => closed(face, lattice)),
    });
  }
  const order = (kind: NetChangeKind) => netChangeKinds.indexOf(kind);
  return changes.sort(
    (first, second) => order(first.kind) - order(second.kind) || second.squareMetres - first.squareMetres,
  );
}

/** The areas of after that an area of before has gone into, each with a share of it. */
function heirsOf({ shared, sizes }: Ground, from: number, share: number): readonly number[] {
  const least = (sizes.before[from] ?? 0) * share;
  return [...(shared[from] ?? [])].flatMap(([to, squareMetres]) => (squareMetres > least ? [to] : []));
}

/** The areas of before that have gone wholly, but for a share, into an area of after. */
function sourcesOf({ shared, sizes }: Ground, to: number, share: number): readonly number[] {
  return [...shared.entries()].flatMap(([from, heirs]) => {
    const within = heirs.get(to) ?? 0;
    return within > 0 && within >= (sizes.before[from] ?? 0) * (1 - share) ? [from] : [];
  });
}

function measured(face: Face, lattice: Lattice): Piece {
  const [east, north] = lattice.metresPerStep(face.lines[0]?.[0]?.[1] ?? 0);
  const squareMetres = (face.twiceSteps / 2) * east * north;
  const length = face.lines.reduce((sum, line) => sum + lengthOf(line, east, north), 0);
  return { face, squareMetres, widthMetres: length === 0 ? 0 : (2 * squareMetres) / length };
}

function lengthOf(line: readonly LatticePoint[], east: number, north: number): number {
  return line.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = line[(index + 1) % line.length] ?? [x, y];
    return sum + Math.hypot((nextX - x) * east, (nextY - y) * north);
  }, 0);
}

function widest(pieces: readonly Piece[] | undefined, lattice: Lattice): Position | null {
  const largest = (pieces ?? []).reduce<Piece | null>(
    (best, piece) => (best === null || piece.squareMetres > best.squareMetres ? piece : best),
    null,
  );
  const point = largest === null ? null : (innerPoint(largest.face.lines) ?? largest.face.lines[0]?.[0] ?? null);
  return point === null ? null : lattice.toPosition(point);
}

function closed({ lines }: Face, lattice: Lattice): NetChange['rings'] {
  return lines.map((line) => [...line, ...line.slice(0, 1)].map((point) => lattice.toPosition(point)));
}
