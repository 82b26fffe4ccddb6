import type { AreaIndex, Area, PolygonRings, Position } from '#domain/grid/district.ts';
import { toWgs84, type CoordinateSystem, type FilePoint } from '#domain/grid/coordinates/coordinate-system.ts';
import { diagnoseCoordinates, type CoordinateDiagnosis } from '#domain/grid/coordinates/diagnose.ts';
import {
  defaultLevelLimits,
  examineLevel,
  type LevelArea,
  type LevelReport,
} from '#domain/grid/topology/examine-level.ts';
import type { OpenForeignTables } from '#host/ports/foreign-tables.ts';
import type { FileFeature, FileLimits, FileProblem, LayerHead } from './formats/file-feature.ts';
import { guessColumns, plainFeature, propertiesOf, type DistrictColumns } from './columns.ts';
import { readDistrictFile } from './formats/read-district-file.ts';
import { nextTurn } from './next-turn.ts';

/** How far an examination is: the file's bytes, then its levels. */
export type ExaminationProgress =
  | { readonly phase: 'reading'; readonly bytes: number; readonly totalBytes: number }
  | { readonly phase: 'checking'; readonly level: number; readonly levels: number };

export interface ReadingOptions {
  readonly signal: AbortSignal;
  readonly openTables: OpenForeignTables;
  readonly onProgress: (progress: ExaminationProgress) => void;
  readonly limits?: FileLimits;
}

export interface ExaminationOptions {
  readonly signal: AbortSignal;
  /** The district in force, against which the doctor compares. */
  readonly known: AreaIndex;
  /** What a person has confirmed; null takes the doctor's verdict, else what the file states. */
  readonly system: CoordinateSystem | null;
  /** Which properties are code, name, parent and level; null guesses by their names. */
  readonly columns: DistrictColumns | null;
  readonly onProgress: (progress: ExaminationProgress) => void;
}

/** What lies in a district file, before anything is asked of it. */
export interface ReadDistrict {
  readonly file: string;
  readonly layers: readonly LayerHead[];
  readonly features: readonly FileFeature[];
  /** The first thousand. */
  readonly problems: readonly FileProblem[];
  readonly problemCount: number;
}

/** What an examination found. Nothing is taken over; a person decides. */
export interface DistrictExamination extends Omit<ReadDistrict, 'features'> {
  readonly features: number;
  /** Names of the properties that features have, in the order of the file. */
  readonly properties: readonly string[];
  readonly columns: DistrictColumns;
  readonly diagnosis: CoordinateDiagnosis;
  /** In which system the levels were checked; null if nobody knows, and then none was. */
  readonly system: CoordinateSystem | null;
  /** Coarsest first. */
  readonly levels: readonly ExaminedLevel[];
}

/** An area in WGS-84 with what a district keeps of it. */
export type ExaminedArea = LevelArea & Pick<Area, 'name' | 'kind'> & Pick<FileFeature, 'layer' | 'number'>;

export interface ExaminedLevel {
  /** From 1. */
  readonly level: number;
  /** In the order to which the report's places refer. */
  readonly areas: readonly ExaminedArea[];
  readonly report: LevelReport;
}

const MAX_PROBLEMS = 1_000;
/** Of features with a code of the district in force, from which on they are the best witness. */
const MIN_CODED = 20;
const MAX_VERTICES = 2_000_000;
const SLICE = 500;
const usualLengths = defaultLevelLimits.codes.lengths ?? [];
/** Share of the codes that have a usual length, from which on the others are bad codes. */
const MIN_USUAL = 0.9;

/**
 * Reads a district file as a whole, with what could not be read of it. Null after `signal.abort()`. Gives way to others
 * every few hundred features.
 */
export async function readDistrict(file: string, options: ReadingOptions): Promise<ReadDistrict | null> {
  const { signal, openTables, onProgress, limits } = options;
  const features: FileFeature[] = [];
  const layers: LayerHead[] = [];
  const problems: FileProblem[] = [];
  let problemCount = 0;
  let vertices = 0;
  for await (const item of readDistrictFile(file, {
    signal,
    openTables,
    ...(limits === undefined ? {} : { limits }),
  })) {
    if (item.kind === 'layer') layers.push(item.head);
    else if (item.kind === 'progress') onProgress({ phase: 'reading', bytes: item.bytes, totalBytes: item.totalBytes });
    else if (item.kind === 'problem') {
      problemCount += 1;
      if (problems.length < MAX_PROBLEMS) problems.push(item.problem);
    } else {
      features.push(item.feature);
      for (const rings of item.feature.polygons) for (const ring of rings) vertices += ring.length;
      if (vertices <= MAX_VERTICES) continue;
      const detail = `has more than ${MAX_VERTICES} vertices; the rest was not read`;
      problems.push({ file, layer: '', feature: null, reason: 'too-large', detail });
      problemCount += 1;
      break;
    }
  }
  return signal.aborted ? null : { file, layers, features, problems, problemCount };
}

/**
 * Reports everything that a person must know before a file becomes a version: in which coordinates it is, what is wrong
 * with each level. Features have a code, and where the file has them a parent and a level; else the length of the code
 * gives the level and its beginning the parent.
 *
 * Null after `signal.abort()`. A check of one level takes up to a second at a stretch (2,000 areas), so a host in service
 * runs this in a worker.
 */
export async function examineDistrict(
  read: ReadDistrict,
  options: ExaminationOptions,
): Promise<DistrictExamination | null> {
  const { signal, known, onProgress } = options;
  const properties = propertiesOf(read.features);
  const columns = options.columns ?? guessColumns(properties);
  const features = read.features.map((feature) => plainFeature(feature, columns));
  const diagnosis = diagnose(features, known);
  const { verdict } = diagnosis;
  const stated = read.layers.find((head) => head.stated !== null)?.stated?.system ?? null;
  const system = options.system ?? (verdict.kind === 'fits' ? verdict.system : stated);
  const found = { ...read, features: features.length, properties, columns, diagnosis, system };
  if (system === null) return { ...found, levels: [] };

  const grouped = levelsOf(features);
  const levels: ExaminedLevel[] = [];
  let above: readonly LevelArea[] = [];
  for (const [index, ofLevel] of grouped.entries()) {
    onProgress({ phase: 'checking', level: index + 1, levels: grouped.length });
    const isNamed = columns.name !== null;
    const areas = await inWgs84(ofLevel, above, { system, signal, isNamed });
    if (areas === null) return null;
    levels.push({ level: index + 1, areas, report: examineLevel(areas, above) });
    above = areas;
  }
  return { ...found, levels };
}

function diagnose(features: readonly FileFeature[], known: AreaIndex): CoordinateDiagnosis {
  const coded = features.flatMap((feature) => {
    const area = known.area(textOf(feature, 'code') ?? '');
    return area === undefined ? [] : [{ point: middleOf(feature), position: middleOfBounds(area) }];
  });
  if (coded.length >= MIN_CODED) {
    const positions = coded.map(({ position }) => position);
    return diagnoseCoordinates(
      coded.map(({ point }) => point),
      { kind: 'points', positions },
    );
  }
  const rings = known.district.levels[0]?.flatMap(({ polygons }) => polygons.flat()) ?? [];
  return diagnoseCoordinates(
    features.flatMap(({ polygons }) => polygons.flat(2)),
    { kind: 'outline', rings },
  );
}

/** Of the box around it, in the file's numbers; the same point of the known area is metres away at most. */
function middleOf({ polygons }: FileFeature): FilePoint {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygons.flat(2)) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return [(left + right) / 2, (bottom + top) / 2];
}

function middleOfBounds({ bounds: [west, south, east, north] }: Area): Position {
  return [(west + east) / 2, (south + north) / 2];
}

/**
 * Features by level, coarsest first: by `level` where every feature has one, else by the length of the code. Where nearly all
 * codes have the usual lengths, one of another length is a bad code, not a level of its own.
 */
function levelsOf(features: readonly FileFeature[]): readonly (readonly FileFeature[])[] {
  const given = features.map((feature) => Number(textOf(feature, 'level') ?? NaN));
  const isGiven = given.every((level) => Number.isInteger(level));
  const byLevel = new Map<number, FileFeature[]>();
  const lengths = features.map((feature) => (textOf(feature, 'code') ?? '').length);
  const usual = lengths.filter((length) => usualLengths.includes(length));
  const isUsual = usual.length >= features.length * MIN_USUAL;
  const finest = (isUsual ? usual : lengths).reduce((most, length) => Math.max(most, length), 0);
  for (const [index, feature] of features.entries()) {
    const length = lengths[index] ?? 0;
    // Without a good code it can only be one of the many.
    const byCode = length === 0 || (isUsual && !usualLengths.includes(length)) ? finest : length;
    const level = isGiven ? (given[index] ?? 0) : byCode;
    const known = byLevel.get(level);
    if (known === undefined) byLevel.set(level, [feature]);
    else known.push(feature);
  }
  return [...byLevel].sort(([first], [second]) => first - second).map(([, ofLevel]) => ofLevel);
}

/** The features as areas, a slice at a time; null after an abort. */
async function inWgs84(
  features: readonly FileFeature[],
  above: readonly LevelArea[],
  {
    system,
    signal,
    isNamed,
  }: { readonly system: CoordinateSystem; readonly signal: AbortSignal; readonly isNamed: boolean },
): Promise<readonly ExaminedArea[] | null> {
  const parents = new Set(above.map(({ code }) => code));
  const lengths = [...new Set(above.map(({ code }) => code.length))];
  const areas: ExaminedArea[] = [];
  for (const [index, feature] of features.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    if (signal.aborted) return null;
    const code = textOf(feature, 'code') ?? '';
    const byCode = lengths.map((length) => code.slice(0, length)).find((start) => parents.has(start));
    const polygons = feature.polygons.map((rings): PolygonRings =>
      rings.map((ring) => ring.map((point) => toWgs84(system, point))),
    );
    const name = textOf(feature, 'name');
    areas.push({
      ...{ code, name: name ?? code, kind: textOf(feature, 'type') ?? '' },
      ...{ parent: textOf(feature, 'parent') ?? byCode ?? null, polygons },
      ...{ layer: feature.layer, number: feature.number },
      ...(isNamed ? { statedName: name ?? '' } : {}),
    });
  }
  return areas;
}

function textOf({ properties }: FileFeature, name: string): string | null {
  const value = properties[name];
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}
