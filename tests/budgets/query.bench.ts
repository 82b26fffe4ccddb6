import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import type { CaseFilter } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import { CaseTables, type Steps } from '#host/projection/case-tables.ts';
import { CheckpointFolder } from '#host/projection/checkpoint-folder.ts';
import { loadEngine } from '#host/projection/engine.ts';
import { projectedCity, townOf } from '#tests/builders/projected-city.ts';
import { loadBetterSqlite3 } from './better-sqlite3.ts';
import { quantile } from './quantile.ts';

const SMALL = 100_000;
const LARGE = 1_000_000;
const OPEN = 10_000;
const SLICE = 1_000;
/** A query is asked so often, or until this much time has gone, at least ten times. */
const ROUNDS = 200;
const ENOUGH_MS = 5_000;
const PAGE = 100;

type Figures = Readonly<Record<string, number | string>>;

/**
 * Questions of the desk to the tables of the projection, without the thread between them: 10,000 open cases, the others
 * ended in three years, all in memory. Also in a million cases when `QUERY_LARGE` is set.
 */
export async function run(): Promise<Figures> {
  const engine = await loadEngine();
  const native = await nativeOrReason();
  const small = await measured(SMALL, engine, native);
  const figures = { ...(typeof native === 'string' ? { betterSqlite3: `not run: ${native}` } : {}), ...small.figures };
  if (process.env['QUERY_LARGE'] === undefined) return figures;
  const large = await measured(LARGE, engine, native);
  const slopes = Object.entries(large.p50).map(([name, ms]) => [`${name}SlopeMs`, ms - (small.p50[name] ?? NaN)]);
  return { ...figures, ...large.figures, ...(Object.fromEntries(slopes) as Figures) };
}

async function nativeOrReason(): Promise<SqlJsStatic | string> {
  try {
    return await loadBetterSqlite3();
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

interface Measured {
  readonly figures: Figures;
  readonly p50: Readonly<Record<string, number>>;
}

async function measured(cases: number, engine: SqlJsStatic, native: SqlJsStatic | string): Promise<Measured> {
  const path = await mkdtemp(join(resolve('node_modules/.cache'), 'query-'));
  try {
    const folder = new CheckpointFolder(path);
    const limits = { years: 9, bytes: Number.MAX_SAFE_INTEGER };
    const figures: Record<string, number | string> = {};
    const buildStart = performance.now();
    const built = CaseTables.empty({ engine, folder, journalId: 'bench', limits });
    for (const rows of slices(projectedCity({ cases, open: OPEN }))) {
      built.apply({ rows, past: [], sequence: required(rows.at(-1), 'no slice is empty').row.sequence });
    }
    figures[`rowsPerSecondAt${cases}`] = cases / ((performance.now() - buildStart) / 1_000);
    const saveStart = performance.now();
    built.save('head');
    figures[`saveMsAt${cases}`] = performance.now() - saveStart;
    built.close();
    figures[`megabytesAt${cases}`] = (await sizeOf(path)) / 1e6;

    const own = opened(engine, folder, limits);
    const openStart = performance.now();
    own.years().forEach((year) => own.file({ year }));
    figures[`openYearsMsAt${cases}`] = performance.now() - openStart;
    const times = timesOf(own, cases);
    own.close();
    const reference = typeof native === 'string' ? null : opened(native, folder, limits);
    const nativeTimes = reference === null ? null : timesOf(reference, cases);
    reference?.close();

    const p50: Record<string, number> = {};
    for (const [name, of] of Object.entries(times)) {
      p50[name] = quantile(of, 0.5);
      figures[`${name}P50MsAt${cases}`] = quantile(of, 0.5);
      figures[`${name}P95MsAt${cases}`] = quantile(of, 0.95);
      const other = nativeTimes?.[name];
      if (other !== undefined) figures[`${name}RatioAt${cases}`] = quantile(of, 0.5) / quantile(other, 0.5);
    }
    return { figures, p50 };
  } finally {
    await rm(path, { recursive: true });
  }
}

function opened(engine: SqlJsStatic, folder: CheckpointFolder, limits: { years: number; bytes: number }): CaseTables {
  const manifest = required(folder.generations()[0]?.manifest, 'a checkpoint was written');
  const tables = CaseTables.of({ engine, folder, journalId: 'bench', limits }, manifest);
  if (typeof tables === 'string') throw new Error(`the checkpoint is ${tables}`);
  return tables;
}

/** Milliseconds of every asking, by question. */
function timesOf(tables: CaseTables, cases: number): Readonly<Record<string, readonly number[]>> {
  const now = Date.UTC(2026, 11, 1);
  const list = (filter: CaseFilter) => answerOf(tables.list(filter, now, PAGE, null)).rows.length;
  const ids = [0.01, 0.3, 0.6, 0.95].map((share) => projectedCityId(cases, share));
  let round = 0;
  const questions: Readonly<Record<string, () => number>> = {
    openPage: () => list({ state: 'open' }),
    openByTown: () => list({ state: 'open', gridCode: townOf(round % 20) }),
    openByTownCount: () => answerOf(tables.count({ state: 'open', gridCode: townOf(round % 20) }, now)).count,
    overdue: () => list({ state: 'open', overdue: true }),
    byKey: () => tables.sequencesOf(ids[round % ids.length] ?? '')?.length ?? 0,
    textOpen: () => list({ state: 'open', text: '井盖 幸福' }),
    textArchive: () => list({ state: 'closed', text: '气象台 幸福' }),
    day: () => list({ openedFrom: '2025-06-10', openedTo: '2025-06-11' }),
    countAll: () => answerOf(tables.count({}, now)).count,
  };
  const times: Record<string, readonly number[]> = {};
  for (const [name, ask] of Object.entries(questions)) {
    if (ask() === 0) throw new Error(`${name} found nothing`);
    const own: number[] = [];
    const begin = performance.now();
    while (own.length < 10 || (own.length < ROUNDS && performance.now() - begin < ENOUGH_MS)) {
      round += 1;
      const start = performance.now();
      ask();
      own.push(performance.now() - start);
    }
    times[name] = own;
  }
  return times;
}

function projectedCityId(cases: number, share: number): string {
  const at = Math.floor(cases * share);
  for (const { row } of projectedCity({ cases, open: OPEN, from: at, to: at + 1 })) return row.id;
  throw new Error('no such case');
}

function* slices(cases: Iterable<ProjectedCase>): Generator<readonly ProjectedCase[]> {
  let slice: ProjectedCase[] = [];
  for (const projected of cases) {
    slice.push(projected);
    if (slice.length < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

function answerOf<Answer>(steps: Steps<Answer>): Answer {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
