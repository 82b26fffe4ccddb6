import { required } from '../../base/assert-never.ts';
import type { Area, PolygonRings, Position } from '../district.ts';
import { BorderNet } from './borders.ts';
import { examineCodes, type CodeProblemKind, type CodeRules } from './examine-codes.ts';
import { examineNames, type NameProblemKind } from './examine-names.ts';
import { directed } from './directed.ts';
import { facesOf, type Face, type FaceMap } from './faces.ts';
import { innerPoint } from './inner-point.ts';
import { Lattice, twiceArea, type LatticePoint } from './lattice.ts';

/** What the checks need to know of an area. */
export interface LevelArea extends Pick<Area, 'code' | 'parent' | 'polygons'> {
  /** As the file has it, empty where it has none; left out in files without names, which are not examined then. */
  readonly statedName?: string;
}

/**
 * - `gap`: a place of the parent, or enclosed by areas where no parents are known, that no area covers
 * - `overlap`: covered by the areas named, two at least · `outside-parent`: a part of the area that its parent does not cover
 * - `self-crossing`: an area whose own rings cross, cover a place twice or run the wrong way around each other
 * - `small-part`: a part of an area that is too small or too thin to be meant
 * - `broken-ring`: a ring without an inside, left out of all other checks
 */
export type ShapeProblemKind = 'gap' | 'overlap' | 'outside-parent' | 'self-crossing' | 'small-part' | 'broken-ring';

/** One thing wrong with a level, for a person to decide on. */
export interface LevelProblem {
  readonly kind: ShapeProblemKind | CodeProblemKind | NameProblemKind;
  /** Places in the given list of areas; of a gap, those beside it. */
  readonly areas: readonly number[];
  /** Codes of the parents concerned: those around a gap, the one that an area is outside of, the one that is unknown. */
  readonly parents: readonly string[];
  /** Of the gap, overlap or part; 0 where the problem has no size. */
  readonly squareMetres: number;
  /** Twice the area by the length around it: of a strip its width. */
  readonly widthMetres: number;
  /** Thinner than the limit: most likely two drawings of one border. */
  readonly isSliver: boolean;
  /** Inside of the place, or of the area; null where the area has no shape. */
  readonly at: Position | null;
  /** Lines around the place, closed, for drawing: holes by the even-odd rule. None where the problem has no size. */
  readonly rings: readonly (readonly Position[])[];
}

export interface LevelReport {
  /** Largest first within each kind. */
  readonly problems: readonly LevelProblem[];
  /** Gaps, overlaps and other places that are smaller than the limit, not listed. */
  readonly ignored: { readonly count: number; readonly squareMetres: number };
}

/** 可配置. First figures: map-and-data.md §5 GI5; the others are ours. */
export interface LevelLimits {
  /** Smaller places are only counted. */
  readonly minSquareMetres: number;
  readonly sliverMetres: number;
  /** A part of an area below this, or thinner than a sliver, is a `small-part`. */
  readonly partSquareMetres: number;
  readonly codes: CodeRules;
}

export const defaultLevelLimits: LevelLimits = {
  minSquareMetres: 1,
  sliverMetres: 2,
  partSquareMetres: 100,
  codes: { lengths: [6, 9, 12, 14, 15], beginsWithParent: true },
};

/**
 * Compares the areas of one level with each other and with their parents (`parents` is the level above, empty for the
 * coarsest). All rings are laid over one another and cut into faces; each face knows which areas and parents cover it, so
 * every gap and overlap has its exact place and size. Exact to a millimetre; nothing is mended. 2,000 areas of 77,000
 * vertices take about a second.
 */
export function examineLevel(
  areas: readonly LevelArea[],
  parents: readonly LevelArea[],
  limits: LevelLimits = defaultLevelLimits,
): LevelReport {
  const all = [...areas, ...parents];
  const lattice = new Lattice(all.flatMap(({ polygons }) => polygons.flat(2)));
  const net = new BorderNet();
  const broken: LevelProblem[] = [];
  for (const [index, { polygons }] of all.entries()) {
    for (const rings of polygons) {
      for (const [place, ring] of rings.entries()) {
        const points = directed(ring, lattice, place === 0);
        if (points !== null) net.addRing(index, points);
        else if (index < areas.length) broken.push({ ...bare('broken-ring', [index]), at: ring[0] ?? null });
      }
    }
  }
  const map = facesOf(net.vertices, net.cut());
  const found = placesOf(map, areas, parents).map((place) => measured(place, map.faces, lattice, limits));
  const listed = found.filter(({ squareMetres }) => squareMetres >= limits.minSquareMetres);
  const ignored = found.filter(({ squareMetres }) => squareMetres < limits.minSquareMetres);
  const codes = examineCodes(
    areas,
    parents.length === 0 ? null : new Set(parents.map(({ code }) => code)),
    limits.codes,
  );
  const pointOf = (places: readonly number[]) => pointIn(areas[places.at(-1) ?? 0]?.polygons ?? [], lattice);
  const problems = [
    ...listed,
    ...areas.flatMap(({ polygons }, index) => smallParts(polygons, index, lattice, limits)),
    ...broken,
    ...codes.map(({ kind, areas: places, parent }) => ({
      ...bare(kind, places),
      parents: parent === null ? [] : [parent],
      at: pointOf(places),
    })),
    ...nameProblems(areas).map(({ kind, areas: places }) => ({ ...bare(kind, places), at: pointOf(places) })),
  ];
  return {
    problems: problems.sort(
      (first, second) => order(first.kind) - order(second.kind) || second.squareMetres - first.squareMetres,
    ),
    ignored: { count: ignored.length, squareMetres: ignored.reduce((sum, { squareMetres }) => sum + squareMetres, 0) },
  };
}

function nameProblems(areas: readonly LevelArea[]): ReturnType<typeof examineNames> {
  const named = areas.flatMap(({ parent, statedName }) => (statedName === undefined ? [] : [{ parent, statedName }]));
  return named.length === areas.length ? examineNames(named) : [];
}

const kinds: readonly LevelProblem['kind'][] = [
  'missing-code',
  'duplicate-code',
  'bad-code-characters',
  'bad-code-length',
  'bad-code-prefix',
  'unknown-parent',
  'garbled-name',
  'missing-name',
  'broken-ring',
  'self-crossing',
  'outside-parent',
  'overlap',
  'gap',
  'small-part',
  'repeated-name',
];

function order(kind: LevelProblem['kind']): number {
  return kinds.indexOf(kind);
}

function bare(kind: LevelProblem['kind'], areas: readonly number[]): LevelProblem {
  return { kind, areas, parents: [], squareMetres: 0, widthMetres: 0, isSliver: false, at: null, rings: [] };
}

/** Faces that hang together and have the same thing wrong with them. */
interface Place {
  readonly kind: ShapeProblemKind;
  readonly areas: readonly number[];
  readonly parents: readonly string[];
  readonly faces: readonly number[];
  /** Borders around the place: on one side of them nothing is wrong, or something else. */
  readonly around: readonly (readonly [LatticePoint, LatticePoint])[];
}

type Wrong = Pick<Place, 'kind' | 'areas' | 'parents'>;

function placesOf(map: FaceMap, areas: readonly LevelArea[], parents: readonly LevelArea[]): readonly Place[] {
  const placeOfParent = new Map(parents.map(({ code }, index) => [code, areas.length + index]));
  const byKey = new Map<string, { readonly wrong: Wrong; readonly faces: number[] }>();
  for (const [index, face] of map.faces.entries()) {
    for (const wrong of wrongWith(face, areas, parents, placeOfParent)) {
      const key = `${wrong.kind} ${wrong.areas.join(' ')}`;
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { wrong, faces: [index] });
      else known.faces.push(index);
    }
  }
  const neighbours = neighboursOf(map);
  const places = [...byKey.values()].flatMap(({ wrong, faces }) =>
    clusters(faces, neighbours).map((cluster): Place => {
      const codes = new Set(cluster.flatMap((face) => parentsOver(map.faces[face], wrong, areas.length, parents)));
      const own = wrong.kind === 'gap' ? areasBeside(cluster, neighbours, map.faces, areas.length) : wrong.areas;
      return { ...wrong, areas: own, parents: [...codes], faces: cluster, around: bordersAround(cluster, map.faces) };
    }),
  );
  // Without parents a place inside of one area alone is a hole that was drawn.
  return places.filter(({ kind, areas: beside }) => kind !== 'gap' || parents.length > 0 || beside.length > 1);
}

function areasBeside(
  cluster: readonly number[],
  neighbours: ReadonlyMap<number, readonly number[]>,
  faces: readonly Face[],
  count: number,
): readonly number[] {
  const beside = cluster.flatMap((face) => neighbours.get(face) ?? []);
  const areas = new Set(
    beside.flatMap((face) => [...(faces[face]?.coverage.keys() ?? [])].filter((area) => area < count)),
  );
  return [...areas].sort((first, second) => first - second);
}

function wrongWith(
  { coverage }: Face,
  areas: readonly LevelArea[],
  parents: readonly LevelArea[],
  placeOfParent: ReadonlyMap<string, number>,
): readonly Wrong[] {
  const over = [...coverage.keys()].filter((index) => index < areas.length).sort((a, b) => a - b);
  const isInParent = coverage.size > over.length;
  if (over.length === 0) return isInParent || parents.length === 0 ? [{ kind: 'gap', areas: [], parents: [] }] : [];
  const wrong: Wrong[] = over.length > 1 ? [{ kind: 'overlap', areas: over, parents: [] }] : [];
  for (const area of over) {
    if (coverage.get(area) !== 1) wrong.push({ kind: 'self-crossing', areas: [area], parents: [] });
    const parent = areas[area]?.parent ?? null;
    const place = parent === null ? undefined : placeOfParent.get(parent);
    if (parent === null || place === undefined || coverage.has(place)) continue;
    wrong.push({ kind: 'outside-parent', areas: [area], parents: [parent] });
  }
  return wrong;
}

function parentsOver(
  face: Face | undefined,
  { kind, parents: own }: Wrong,
  count: number,
  parents: readonly LevelArea[],
): readonly string[] {
  if (kind === 'outside-parent') return own;
  return [...(face?.coverage.keys() ?? [])].flatMap((index) => parents[index - count]?.code ?? []);
}

function neighboursOf({ sides }: FaceMap): ReadonlyMap<number, readonly number[]> {
  const neighbours = new Map<number, number[]>();
  for (const { left, right } of sides) {
    if (left === null || right === null) continue;
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as const) {
      const known = neighbours.get(from);
      if (known === undefined) neighbours.set(from, [to]);
      else known.push(to);
    }
  }
  return neighbours;
}

function clusters(
  faces: readonly number[],
  neighbours: ReadonlyMap<number, readonly number[]>,
): readonly (readonly number[])[] {
  const left = new Set(faces);
  const found: number[][] = [];
  for (const first of faces) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    for (const face of cluster) {
      for (const next of neighbours.get(face) ?? []) if (left.delete(next)) cluster.push(next);
    }
    found.push(cluster);
  }
  return found;
}

/** Lines of the faces without the borders between them, which are walked both ways. */
function bordersAround(cluster: readonly number[], faces: readonly Face[]): Place['around'] {
  const borders = cluster.flatMap((face) =>
    (faces[face]?.lines ?? []).flatMap((line) =>
      line.map((point, index) => [point, line[(index + 1) % line.length] ?? point] as const),
    ),
  );
  if (cluster.length === 1) return borders;
  const walked = new Set(borders.map(([from, to]) => `${String(from)} ${String(to)}`));
  return borders.filter(([from, to]) => !walked.has(`${String(to)} ${String(from)}`));
}

function measured(
  { around, faces, ...wrong }: Place,
  all: readonly Face[],
  lattice: Lattice,
  limits: LevelLimits,
): LevelProblem {
  const sorted = faces
    .map((face) => required(all[face], 'places are made of faces'))
    .sort((first, second) => second.twiceSteps - first.twiceSteps);
  const largest = required(sorted[0], 'a place has a face');
  const inner = innerPoint(largest.lines) ?? largest.lines[0]?.[0] ?? null;
  const [east, north] = lattice.metresPerStep(inner?.[1] ?? 0);
  const squareMetres = (sorted.reduce((sum, { twiceSteps }) => sum + twiceSteps, 0) / 2) * east * north;
  const length = around.reduce(
    (sum, [from, to]) => sum + Math.hypot((to[0] - from[0]) * east, (to[1] - from[1]) * north),
    0,
  );
  const widthMetres = length === 0 ? 0 : (2 * squareMetres) / length;
  return {
    ...wrong,
    squareMetres,
    widthMetres,
    isSliver: widthMetres < limits.sliverMetres,
    at: inner === null ? null : lattice.toPosition(inner),
    rings: closedRings(
      sorted.flatMap(({ lines }) => lines),
      lattice,
    ),
  };
}

function closedRings(lines: readonly (readonly LatticePoint[])[], lattice: Lattice): LevelProblem['rings'] {
  return lines.map((line) => [...line, ...line.slice(0, 1)].map((point) => lattice.toPosition(point)));
}

function smallParts(
  polygons: readonly PolygonRings[],
  area: number,
  lattice: Lattice,
  limits: LevelLimits,
): readonly LevelProblem[] {
  return polygons.flatMap((rings) => {
    const lines = linesOf(rings, lattice);
    const [outer] = lines;
    if (outer === undefined) return [];
    const [east, north] = lattice.metresPerStep(outer[0]?.[1] ?? 0);
    const twice = lines.reduce((sum, line) => sum + twiceArea(line), 0);
    const squareMetres = Math.abs(twice / 2) * east * north;
    const length = lines
      .flatMap((line) =>
        line.map(([x, y], index) => {
          const [toX, toY] = line[(index + 1) % line.length] ?? [x, y];
          return Math.hypot((toX - x) * east, (toY - y) * north);
        }),
      )
      .reduce((sum, part) => sum + part, 0);
    const widthMetres = (2 * squareMetres) / length;
    const isSliver = widthMetres < limits.sliverMetres;
    if (squareMetres >= limits.partSquareMetres && !isSliver) return [];
    const inner = innerPoint(lines);
    const at = inner === null ? null : lattice.toPosition(inner);
    const size = { squareMetres, widthMetres, isSliver };
    return [{ ...bare('small-part', [area]), ...size, at, rings: closedRings(lines, lattice) }];
  });
}

function linesOf(rings: PolygonRings, lattice: Lattice): readonly (readonly LatticePoint[])[] {
  return rings.flatMap((ring, index) => {
    const points = directed(ring, lattice, index === 0);
    return points === null ? [] : [points];
  });
}

/** Inside of the area's first polygon. */
function pointIn(polygons: readonly PolygonRings[], lattice: Lattice): Position | null {
  const inner = innerPoint(linesOf(polygons[0] ?? [], lattice));
  return inner === null ? (polygons[0]?.[0]?.[0] ?? null) : lattice.toPosition(inner);
}
