import { stat } from 'node:fs/promises';
import type { DistrictDifference, DistrictLevelProblem, DistrictPlace } from '#contract/district.ts';
import { nameOfSystem } from '#domain/grid/coordinates/coordinate-system.ts';
import type { PolygonRings, Position } from '#domain/grid/district.ts';
import { compareNets, type ComparedArea, type NetChange } from '#domain/grid/topology/compare-nets.ts';
import type { LevelProblem } from '#domain/grid/topology/examine-level.ts';
import { TryOut, type GridLoad, type MovedCase, type TriedCase } from '#domain/grid/tryout/try-out.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import type { OpenForeignTables } from '#host/ports/foreign-tables.ts';
import {
  examineDistrict,
  readDistrict,
  type DistrictExamination,
  type ExaminedLevel,
  type ReadDistrict,
} from '../examine-district.ts';
import { boundsOf } from '../load-district.ts';
import type { Examined, LabAnswers, LabProgress, LabQuestion, Tried } from './messages.ts';
import { writeReportFile } from './report-file.ts';
import { writeVersionFile } from './write-version.ts';

type Question<Type extends LabQuestion['type']> = Extract<LabQuestion, { type: Type }>;

/** So many problems of a kind and level are listed; all are counted, drawn when asked for, and in the report's file. */
const LISTED = 500;
const MAX_NAMED = 8;
const MAX_ORPHANS = 500;
/** Of a file that is read, this share must be new before it is told. */
const TOLD_SHARE = 0.005;

/**
 * What the worker does, one question after the other. The file that was read last is kept, so that another coordinate
 * system or column costs no second reading, and what was found, so that it can be drawn, tried out and written.
 */
export class LabWork {
  readonly #known: LoadedDistrict;
  readonly #openTables: OpenForeignTables;
  readonly #tell: (progress: LabProgress) => void;
  #read: { readonly key: string; readonly content: ReadDistrict } | null = null;
  #found: DistrictExamination | null = null;
  #compared: readonly ComparedLevel[] | null = null;
  #tryOut: { readonly tries: TryOut; readonly places: Map<string, TriedCase> } | null = null;
  #toldShare = 0;

  constructor(known: LoadedDistrict, openTables: OpenForeignTables, tell: (progress: LabProgress) => void) {
    this.#known = known;
    this.#openTables = openTables;
    this.#tell = tell;
  }

  answer(question: LabQuestion): Promise<LabAnswers[keyof LabAnswers]> {
    switch (question.type) {
      case 'examine':
        return this.#examine(question);
      case 'place':
        return Promise.resolve(this.#place(question));
      case 'difference':
        return Promise.resolve({ levels: this.#levelsCompared().map(differenceRow) });
      case 'changePlace':
        return Promise.resolve(this.#changePlace(question));
      case 'try':
        return Promise.resolve(this.#try(question));
      case 'write': {
        if (this.#found === null) throw new Error('nothing was examined');
        return writeVersionFile(question.file, question.about, this.#found);
      }
    }
  }

  async #examine({ file, system, columns, reportFile }: Question<'examine'>): Promise<Examined> {
    // Ended from outside, with the whole thread.
    const { signal } = new AbortController();
    const { size, mtimeMs } = await stat(file);
    const key = `${file} ${size} ${mtimeMs}`;
    if (this.#read?.key !== key) {
      [this.#read, this.#found, this.#toldShare] = [null, null, 0];
      const content = await readDistrict(file, {
        ...{ signal, openTables: this.#openTables },
        onProgress: (step) => {
          if (step.phase !== 'reading') return;
          const share = step.bytes / Math.max(1, step.totalBytes);
          if (share < this.#toldShare + TOLD_SHARE && share < 1) return;
          this.#toldShare = share;
          this.#tell({ state: 'reading', bytes: step.bytes, totalBytes: step.totalBytes });
        },
      });
      if (content === null) throw new Error('the reading was stopped');
      this.#read = { key, content };
    }
    const found = await examineDistrict(this.#read.content, {
      ...{ signal, known: this.#known.areas, system, columns },
      onProgress: (step) => {
        if (step.phase === 'checking') this.#tell({ state: 'checking', level: step.level, levels: step.levels });
      },
    });
    if (found === null) throw new Error('the examination was stopped');
    this.#found = found;
    this.#compared = null;
    const { diagnosis } = found;
    const { verdict } = diagnosis;
    return {
      features: found.features,
      layers: found.layers.map((head) => ({ ...head })),
      properties: [...found.properties],
      columns: found.columns,
      candidates: diagnosis.candidates.map((fit) => ({ ...fit })),
      verdict: verdict.kind === 'fits' ? { kind: 'fits', leadMetres: verdict.leadMetres } : verdict,
      system: found.system,
      systemName: found.system === null ? null : nameOfSystem(found.system),
      fileProblems: found.problems.map(({ file: _file, ...problem }) => problem),
      fileProblemCount: found.problemCount,
      levels: found.levels.map(levelRow),
      reportFile: await writeReportFile(reportFile, found),
    };
  }

  #place({ level, problem }: Question<'place'>): DistrictPlace | null {
    const examined = this.#found?.levels[level - 1];
    const asked = examined?.report.problems[problem];
    if (examined === undefined || asked === undefined) return null;
    const areas = asked.areas.slice(0, MAX_NAMED).flatMap((index) => {
      const area = examined.areas[index];
      if (area === undefined) return [];
      return [{ code: area.code, name: area.name, rings: plain(area.polygons.flat()) }];
    });
    return { at: asked.at === null ? null : [...asked.at], rings: plain(asked.rings), areas };
  }

  #levelsCompared(): readonly ComparedLevel[] {
    this.#compared ??= comparedLevels(this.#known.areas.district.levels, this.#found?.levels ?? []);
    return this.#compared;
  }

  #changePlace({ level, change }: Question<'changePlace'>): DistrictPlace | null {
    const compared = this.#levelsCompared().find((one) => one.level === level);
    const asked = compared?.changes[change];
    if (compared === undefined || asked === undefined) return null;
    const areas = [
      ...named(compared.before, asked.before),
      ...named(compared.after, asked.after).filter(() => asked.kind !== 'renamed'),
    ];
    return {
      ...{ at: asked.at === null ? null : [...asked.at], rings: plain(asked.rings) },
      areas: areas.map(({ code, name, polygons }) => ({ code, name, rings: plain(polygons.flat()) })),
    };
  }

  #try({ cases, isFirst, isLast }: Question<'try'>): Tried | null {
    const finest = this.#found?.levels.at(-1);
    if (finest === undefined) throw new Error('nothing was examined');
    if (isFirst || this.#tryOut === null) {
      const after = finest.areas.map((area) => ({
        ...area,
        ...{ level: this.#found?.levels.length ?? 0, bounds: boundsOf(area.polygons), labelPoint: [0, 0] as Position },
      }));
      const before = this.#known.areas.district.levels.at(-1) ?? [];
      this.#tryOut = { tries: new TryOut(before, after), places: new Map() };
    }
    const { tries, places } = this.#tryOut;
    for (const tried of cases) {
      places.set(tried.id, tried);
      tries.add(tried);
    }
    if (!isLast) return null;
    this.#tryOut = null;
    const { moved, ...result } = tries.result();
    const orphaned = moved.filter(({ from, to }) => from !== null && to === null);
    const names = new Map(finest.areas.map(({ code, name }) => [code, name]));
    return {
      cases: places.size,
      ...{ before: result.before, after: result.after, moved: moved.length },
      movedOpen: moved.filter(({ isOpen }) => isOpen).length,
      grids: result.grids.map(({ code, before, after }) => ({
        ...{ code, name: names.get(code) ?? this.#known.areas.area(code)?.name ?? '' },
        ...{ before: loadOf(before), after: loadOf(after) },
      })),
      orphans: orphaned.slice(0, MAX_ORPHANS).flatMap((one) => orphanOf(one, places.get(one.id))),
      orphanCount: orphaned.length,
    };
  }
}

/** A level of the district in force, the same of the file, and what changes. */
interface ComparedLevel {
  /** As the district in force counts them. */
  readonly level: number;
  readonly before: readonly ComparedArea[];
  readonly after: readonly ComparedArea[];
  readonly changes: readonly NetChange[];
}

/** The finest with the finest, and so on: a file may leave out the coarse ones. */
function comparedLevels(
  before: readonly (readonly ComparedArea[])[],
  after: readonly ExaminedLevel[],
): readonly ComparedLevel[] {
  return Array.from({ length: Math.min(before.length, after.length) }, (_, depth) => {
    const [was, comes] = [before.at(-1 - depth) ?? [], after.at(-1 - depth)?.areas ?? []];
    return { level: before.length - depth, before: was, after: comes, changes: compareNets(was, comes) };
  }).toReversed();
}

function differenceRow({ level, before, after, changes }: ComparedLevel): DistrictDifference['levels'][number] {
  const counts = new Map<NetChange['kind'], number>();
  const listed: DistrictDifference['levels'][number]['changes'] = [];
  for (const [index, { kind, squareMetres, widthMetres, ...places }] of changes.entries()) {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count > LISTED) continue;
    listed.push({
      ...{ index, kind, squareMetres, widthMetres },
      before: named(before, places.before).map(toldArea),
      after: named(after, places.after).map(toldArea),
    });
  }
  return {
    ...{ level, areasBefore: before.length, areasAfter: after.length, changes: listed },
    counts: [...counts].map(([kind, count]) => ({ kind, count })),
  };
}

function named<Value>(all: readonly Value[], places: readonly number[]): readonly Value[] {
  return places.slice(0, MAX_NAMED).flatMap((place) => all[place] ?? []);
}

function toldArea({ code, name, parent }: ComparedArea): { code: string; name: string; parent: string | null } {
  return { code, name, parent };
}

function orphanOf({ id, from, isOpen }: MovedCase, place: TriedCase | undefined): Tried['orphans'] {
  return place === undefined || from === null ? [] : [{ id, lon: place.lon, lat: place.lat, isOpen, from }];
}

function loadOf(load: GridLoad | null): { cases: number; open: number } | null {
  return load === null ? null : { cases: load.cases, open: load.open };
}

function levelRow({ level, areas, report }: ExaminedLevel): Examined['levels'][number] {
  const counts = new Map<LevelProblem['kind'], number>();
  const problems: DistrictLevelProblem[] = [];
  for (const [index, problem] of report.problems.entries()) {
    const count = (counts.get(problem.kind) ?? 0) + 1;
    counts.set(problem.kind, count);
    if (count > LISTED) continue;
    const { kind, parents, squareMetres, widthMetres, isSliver, at } = problem;
    const own = named(areas, problem.areas);
    problems.push({
      ...{ index, kind, squareMetres, widthMetres, isSliver },
      areas: own.map(({ code }) => code),
      features: own.map(({ layer, number, statedName }) => ({ layer, number, name: statedName ?? '' })),
      parents: parents.slice(0, MAX_NAMED),
      at: at === null ? null : [...at],
    });
  }
  return {
    ...{ level, areas: areas.length, ignored: { ...report.ignored } },
    counts: [...counts].map(([kind, count]) => ({ kind, count })),
    problems,
  };
}

function plain(rings: PolygonRings): [number, number][][] {
  return rings.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat]));
}
