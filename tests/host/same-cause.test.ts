import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { api, type OutputOf } from '#contract/api.ts';
import type { CaseRow } from '#contract/cases.ts';
import type { Health } from '#contract/health.ts';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { distanceMetres } from '#domain/same-cause/distance.ts';
import { sf311, sf311Mapping } from '#tests/builders/sf311.ts';
import { runCtl, startHost, type HostProcess } from '#tests/support/start-host.ts';

type Duplicates = OutputOf<'case.duplicates'>;
type Nearby = OutputOf<'case.nearby'>;

async function ctl(host: HostProcess, method: string, input: unknown): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runCtl('--data', host.dataFolder, method, JSON.stringify(input));
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

async function allRows(host: HostProcess): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = await host.call('cases.list', { limit: 1_000, ...(after === undefined ? {} : { after }) });
    if (!page.ok) throw new Error(page.error.code);
    rows.push(...page.value.rows);
    after = page.value.after;
  }
  return rows;
}

/** Pairs of one class within 50 m and so many days, found by measuring each with each; both are held by the host. */
function similarPairs(rows: readonly CaseRow[], days: number): readonly (readonly [CaseRow, CaseRow])[] {
  const held = rows.filter(({ closedAt }) => closedAt === null || closedAt > Date.now() - 89 * DAY_MS);
  const pairs = held.flatMap((one, at) =>
    held.slice(at + 1).flatMap((other): [CaseRow, CaseRow][] => (isSimilar(one, other, days) ? [[one, other]] : [])),
  );
  return pairs;
}

function isSimilar(one: CaseRow, other: CaseRow, days: number): boolean {
  if (one.className !== other.className || Math.abs(one.reportedAt - other.reportedAt) >= days * DAY_MS) return false;
  return metresBetween(one, other) <= 50;
}

function metresBetween(one: CaseRow, other: CaseRow): number {
  const [from, to] = [one, other].map(({ lon, lat }) => ({ lon: lon ?? 0, lat: lat ?? 0 }));
  return from === undefined || to === undefined ? Number.NaN : distanceMetres(from, to);
}

/** How many of the pairs are among each other's candidates. */
async function foundPairs(host: HostProcess, pairs: readonly (readonly [CaseRow, CaseRow])[]): Promise<number> {
  let found = 0;
  for (const [one, other] of pairs) {
    const answers = await Promise.all([one, other].map(({ id }) => host.call('case.duplicates', { id, limit: 50 })));
    const ids = answers.map((answer) => (answer.ok ? answer.value.candidates.map(({ id }) => id) : []));
    if (ids[0]?.includes(other.id) === true && ids[1]?.includes(one.id) === true) found += 1;
  }
  return found;
}

describe('on a simulated city', () => {
  let host: HostProcess;
  let rows: readonly CaseRow[];
  beforeAll(async () => {
    host = await startHost({ args: ['--rate', '180000', '--speed', '1'] });
    await healthWith(host, ({ cases }) => cases.total >= 700);
    await host.call('simulation.set', { isRunning: false });
    rows = await allRows(host);
  });
  afterAll(async () => {
    expect(await host.stop()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('every pair of one class within 50 m and 24 h is found from both sides', async () => {
    const pairs = similarPairs(rows, 1).slice(0, 40);
    expect(pairs.length).toBeGreaterThan(5);
    expect(await foundPairs(host, pairs)).toBe(pairs.length);
  });

  test('ctl: duplicates of a case with reasons, score and row, and its neighborhood', async () => {
    const [one, other] = similarPairs(rows, 1)[0] ?? [];
    const duplicates = (await ctl(host, 'case.duplicates', { id: one?.id, limit: 50 })) as Duplicates;
    expect(api['case.duplicates'].output.parse(duplicates)).toEqual(duplicates);
    const candidate = duplicates.candidates.find(({ id }) => id === other?.id);
    expect(candidate?.reasons.map(({ kind }) => kind).slice(0, 3)).toEqual(['same_class', 'distance', 'time']);
    expect([candidate?.isStrong, candidate?.row.className, duplicates.isPlaceholder]).toEqual([
      true,
      one?.className,
      true,
    ]);
    expect(duplicates.asOf).toBeGreaterThan(0);

    const nearby = (await ctl(host, 'case.nearby', { id: one?.id })) as Nearby;
    expect(api['case.nearby'].output.parse(nearby)).toEqual(nearby);
    expect([nearby.isRepeat, nearby.rows.some(({ id }) => id === one?.id)]).toEqual([true, false]);
    expect(nearby.rows.find(({ id }) => id === other?.id)).toMatchObject({ isSameClass: true });
    expect(nearby.countByClass.reduce((sum, { count }) => sum + count, 0)).toBe(nearby.count);
  });

  test('a case is found by the words of a draft at once, and a second report makes it a repeated complaint', async () => {
    const point = { lon: 116.8123, lat: 40.1987 };
    const classRef = { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '01001', name: '雨水井盖' } as const;
    const draft = { ...point, description: '雨水井盖坏了，有缺口', address: '测试路8号' };
    const { name: _, ...classKey } = classRef;
    expect(await ctl(host, 'case.duplicates', draft)).toMatchObject({ candidates: [] });
    expect(await ctl(host, 'case.nearby', { ...point, class: classKey })).toMatchObject({ rows: [], isRepeat: false });

    const report = { ...point, classRef, address: '测试路8号', description: '雨水井盖破损缺口' };
    const first = (await ctl(host, 'case.report', report)) as OutputOf<'case.report'>;
    const { candidates } = (await ctl(host, 'case.duplicates', draft)) as Duplicates;
    expect(candidates).toMatchObject([
      { id: first.caseId, reasons: [{ kind: 'distance', metres: 0 }, {}, { kind: 'text' }] },
    ]);
    expect(await ctl(host, 'case.duplicates', { ...draft, description: '路灯不亮' })).toMatchObject({ candidates: [] });
    expect(await ctl(host, 'case.nearby', { id: first.caseId })).toMatchObject({ rows: [], count: 0, isRepeat: false });

    const second = (await ctl(host, 'case.report', report)) as OutputOf<'case.report'>;
    expect(await ctl(host, 'case.nearby', { id: second.caseId })).toMatchObject({
      rows: [{ id: first.caseId, isSameClass: true, metres: 0, unit: null, closedAt: null }],
      countByClass: [{ className: '雨水井盖', count: 1 }],
      isRepeat: true,
    });
    expect(await ctl(host, 'case.nearby', point)).toMatchObject({ count: 2, isRepeat: true });
  });

  test('after a restart it knows the same', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'same-cause-'));
    const before = await startHost({ dataFolder: folder, args: ['--seed', '7'] });
    await healthWith(before, ({ cases }) => cases.total >= 200);
    await before.call('simulation.set', { isRunning: false });
    const open = (await allRows(before)).filter(({ closedAt }) => closedAt === null).slice(0, 25);
    const ask = (of: HostProcess) =>
      Promise.all(open.map(({ id }) => of.call('case.nearby', { id, radiusMetres: 1_000, limit: 200 })));
    const [known, end] = [await ask(before), await before.stop()];
    expect(end).toMatchObject({ exitCode: 0 });
    const after = await startHost({ dataFolder: folder, args: ['--no-simulate'] });
    // Ended cases are taken in beside the first questions.
    await vi.waitFor(async () => expect((await ask(after))[0]).toMatchObject({ value: { isWhole: true } }), 30_000);
    expect(await ask(after)).toEqual(known);
    await after.stop();
    await rm(folder, { recursive: true });
  });

  test('a case that is not there is not found; half a point is no point', async () => {
    for (const method of ['case.duplicates', 'case.nearby'] as const) {
      expect(await host.call(method, { id: '20990101000001' })).toMatchObject({ error: { code: 'not_found' } });
    }
    expect(await host.call('case.duplicates', { lon: 116.6, description: '井盖破损' })).toMatchObject({
      error: { code: 'bad_input' },
    });
  });
});

const { folder: cases, csv, isAbsent } = sf311;

describe.skipIf(isAbsent)(
  isAbsent ? `same cause in San Francisco (not run: ${cases} is absent)` : 'same cause in San Francisco',
  () => {
    let host: HostProcess;
    let folder: string;
    let rows: readonly CaseRow[];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sf311-same-cause-'));
      const [file, m] = [join(folder, 'cases.csv'), join(folder, 'columns.json')];
      await writeFile(file, movedToNow(await readFile(csv, 'utf8')));
      await writeFile(m, JSON.stringify(sf311Mapping));
      host = await startHost({ args: ['--no-simulate', '--import', file, '--mapping', m] });
      rows = await allRows(host);
    });
    afterAll(async () => {
      expect(await host.stop()).toMatchObject({ exitCode: 0 });
      await rm(folder, { recursive: true });
    });

    test('every pair of one category within 50 m and 30 days is found from both sides', async () => {
      const pairs = similarPairs(rows, 30);
      console.log(
        `San Francisco: ${rows.length} cases, ${pairs.length} recent pairs of one category within 50 m and 30 days`,
      );
      expect(pairs.length).toBeGreaterThan(0);
      expect(await foundPairs(host, pairs)).toBe(pairs.length);
    });

    test('every open case has its neighbors of one class within 50 m in its history', async () => {
      const open = rows.filter(({ closedAt }) => closedAt === null);
      expect(open.length).toBe(222);
      let withNeighbors = 0;
      for (const one of open) {
        const neighbors = open.filter(
          (other) => other.id !== one.id && other.className === one.className && metresBetween(one, other) <= 50,
        );
        const answer = await host.call('case.nearby', { id: one.id });
        if (!answer.ok) throw new Error(answer.error.code);
        const same = answer.value.rows.filter(({ isSameClass, closedAt }) => isSameClass && closedAt === null);
        expect(same.map(({ id }) => id).sort()).toEqual(neighbors.map(({ id }) => id).sort());
        if (neighbors.length > 0) withNeighbors += 1;
      }
      console.log(`San Francisco: ${withNeighbors} of 222 open cases have an open one of their class within 50 m`);
      expect(withNeighbors).toBeGreaterThan(0);
    });

    test('ctl: a draft in other words, without a class, finds the open report at its corner', async () => {
      const target = rows.find(({ closedAt, description }) => closedAt === null && description.length > 20);
      const { candidates } = (await ctl(host, 'case.duplicates', {
        ...{ lon: target?.lon, lat: target?.lat, reportedAt: (target?.reportedAt ?? 0) + HOUR_MS },
        description: `${target?.description.toUpperCase().replaceAll('_', ' ')}, reported again`,
      })) as Duplicates;
      expect(candidates[0]).toMatchObject({ id: target?.id, row: { description: target?.description } });
      const nearby = (await ctl(host, 'case.nearby', { lon: target?.lon, lat: target?.lat })) as Nearby;
      expect(nearby.rows.map(({ id }) => id)).toContain(target?.id);
    });
  },
);

/** The file with its days moved so that the newest report is of yesterday: the host keeps cases closed in the last 90 days. */
function movedToNow(text: string): string {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const newest = Math.max(...data.map((row) => Date.parse(`${row['Opened']?.replace(' ', 'T')}Z`)));
  const days = Math.floor((Date.now() - newest) / DAY_MS) - 1;
  const moved = (value: string | undefined) => {
    const at = Date.parse(`${value?.replace(' ', 'T')}Z`);
    return Number.isNaN(at) ? value : new Date(at + days * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');
  };
  const rows = data.map((row) => ({ ...row, Opened: moved(row['Opened']), Closed: moved(row['Closed']) }));
  return Papa.unparse(rows, { columns: meta.fields ?? [] });
}

/** Waits until the host tells such a health. */
function healthWith(of: HostProcess, fits: (health: Health) => boolean): Promise<Health> {
  return new Promise((settle) => {
    const apply = (items: readonly Health[]) => items.filter((health) => fits(health)).forEach(settle);
    of.client.watch('health.watch', {}, { reset: () => {}, apply, failed: () => {} });
  });
}
