import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SqlJsStatic } from 'sql.js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseCount, CaseFilter, CasePage, CaseRow } from '#contract/cases.ts';
import { instantOf } from '#contract/schema.ts';
import { caseStates } from '#domain/case/lifecycle.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import { anyFilter, anyNow, anyProjected, aProjected } from '#tests/conformance/projection/projected-case.ts';
import { CaseTables, type Steps, type TablesOptions } from './case-tables.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import { decodeCursor } from './cursor.ts';
import { loadEngine } from './engine.ts';
import type { ShelfLimits } from './year-shelf.ts';

const JOURNAL = 'journal-a';
const NOW = Date.UTC(2026, 6, 2);

let engine: SqlJsStatic;
let folder: string;
let tables: CaseTables;
beforeAll(async () => {
  engine = await loadEngine();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'case-tables-'));
  tables = CaseTables.empty(options());
});
afterEach(() => {
  tables.close();
  rmSync(folder, { recursive: true });
});

function options(limits?: ShelfLimits): TablesOptions {
  const own = { engine, folder: new CheckpointFolder(folder), journalId: JOURNAL };
  return limits === undefined ? own : { ...own, limits };
}

function put(...rows: readonly ProjectedCase[]): void {
  tables.apply({ rows, past: [], sequence: tables.sequence + 1 });
}

function ids(filter: CaseFilter, now = NOW): readonly string[] {
  return page(filter, 1_000, null, now).rows.map((row) => row.id);
}

function page(filter: CaseFilter, limit: number, after: string | null = null, now = NOW): CasePage {
  return answerOf(tables.list(filter, now, limit, after === null ? null : decodeCursor(after)));
}

function count(filter: CaseFilter): CaseCount {
  return answerOf(tables.count(filter, NOW));
}

/** The answer, with `between` called where other work may be done. */
function answerOf<Answer>(steps: Steps<Answer>, between: () => void = () => undefined): Answer {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    between();
  }
}

describe('rows', () => {
  it('come back as they went in, with every field', () => {
    const filled = aProjected({
      id: 'SY1',
      holderUnit: 'T01',
      closedAt: Date.UTC(2026, 6, 3),
      returnCount: 2,
      reworkCount: 3,
      isDemo: true,
      isArchived: true,
      description: '有 emoji 🚧 和 "引号" 与 \' 单引号',
    });
    const bare = aProjected({
      id: 'SY2',
      lon: null,
      lat: null,
      gridCode: null,
      holderPost: null,
      holderSince: null,
      clock: null,
      clockStartedAt: null,
      dueAt: null,
      reportedAt: Date.UTC(2026, 5, 1),
      description: '',
      address: '',
    });
    put(filled, bare);
    expect(page({}, 10)).toEqual({ rows: [filled.row, bare.row], after: null, sequence: 1 });
  });

  it('are replaced by later ones of the same case', () => {
    put(aProjected({ id: 'a', description: '旧' }), aProjected({ id: 'b' }));
    put(aProjected({ id: 'a', state: 'closed', description: '新', version: 2 }));
    expect(count({})).toEqual({ count: 2, open: 1, sequence: 2 });
    expect([ids({ text: '旧' }), ids({ text: '新' }), ids({ state: 'closed' })]).toEqual([[], ['a'], ['a']]);
  });

  it('that cannot be stored are an error, and the position stays: the worker then ends', () => {
    put(aProjected({ id: 'a' }));
    const broken = { ...aProjected({ id: 'c' }), row: { ...aProjected({ id: 'c' }).row, record: null } };
    expect(() => put(aProjected({ id: 'b' }), broken as unknown as ProjectedCase)).toThrow(/NOT NULL/);
    expect(tables.sequence).toBe(1);
  });
});

describe('files', () => {
  const inYear = (id: string, state: 'reported' | 'closed', sequence = 1) =>
    aProjected({ id, state, sequence, reportedAt: Date.UTC(Number(id.slice(0, 4)), 5, 1), closedAt: null });

  it('a case that ends goes to the year of its number, one that is opened again comes back', () => {
    put(inYear('20240601000001', 'reported'), inYear('20260601000001', 'reported'));
    expect([tables.years(), count({})]).toEqual([[], { count: 2, open: 2, sequence: 1 }]);
    put(inYear('20240601000001', 'closed', 2));
    expect([tables.years(), count({})]).toEqual([['2024'], { count: 2, open: 1, sequence: 2 }]);
    expect([ids({}), ids({ state: 'open' }), ids({ state: 'closed' })]).toEqual([
      ['20260601000001', '20240601000001'],
      ['20260601000001'],
      ['20240601000001'],
    ]);
    put(inYear('20240601000001', 'reported', 3));
    expect([count({}), ids({ state: 'closed' })]).toEqual([{ count: 2, open: 2, sequence: 3 }, []]);
    expect(tables.file({ year: '2024' })?.recount()).toEqual([]);
  });

  it('a row never goes over a newer one, wherever the two belong', () => {
    put(inYear('20240601000001', 'closed', 5), inYear('20240601000002', 'reported', 5));
    put(inYear('20240601000001', 'reported', 4), inYear('20240601000002', 'closed', 4));
    expect([ids({ state: 'closed' }), ids({ state: 'open' })]).toEqual([['20240601000001'], ['20240601000002']]);
  });

  it('what has left memory is archived whatever its state says, and not among what is open', () => {
    const left = inYear('20240601000001', 'reported', 3);
    put(inYear('20240601000001', 'reported'), inYear('20240601000002', 'closed', 9));
    tables.apply({ rows: [], past: [left, inYear('20240601000002', 'reported', 4)], sequence: 4 });
    expect([ids({ state: 'open' }), count({ state: 'open' })]).toEqual([[], { count: 0, open: 0, sequence: 4 }]);
    expect([tables.file('open')?.find(left.row.id), tables.file({ year: '2024' })?.find(left.row.id)]).toMatchObject([
      null,
      { sequence: 3 },
    ]);
    expect(tables.file({ year: '2024' })?.find('20240601000002')?.sequence).toBe(9);
    put(inYear('20240601000001', 'closed', 5));
    expect(ids({ state: 'closed' })).toEqual(['20240601000002', '20240601000001']);
    const same = inYear('20240601000001', 'closed', 5);
    tables.apply({ rows: [], past: [{ ...same, sequences: [1, 5, 5] }], sequence: 5 });
    expect(tables.sequencesOf('20240601000001')).toEqual([1]);
  });

  it('all open cases, told at once: what is not among them has ended', () => {
    put(inYear('20240601000001', 'reported'), inYear('20240601000002', 'reported'), inYear('20240601000003', 'closed'));
    const told = [inYear('20240601000002', 'reported', 8), inYear('20260601000001', 'reported', 7)];
    tables.applyOpen({ rows: told.slice(0, 1), sequence: 9, isFirst: true, isLast: false });
    put(inYear('20240601000001', 'reported', 2));
    tables.applyOpen({ rows: told.slice(1), sequence: 9, isFirst: false, isLast: true });
    expect(ids({ state: 'open' })).toEqual(['20260601000001', '20240601000002', '20240601000001']);
    expect(tables.isWhole).toBe(false);
    tables.applyOpen({ rows: told, sequence: 10, isFirst: true, isLast: true });
    expect(ids({ state: 'open' })).toEqual(['20260601000001', '20240601000002']);
    tables.apply({ rows: [inYear('20240601000001', 'closed', 10)], past: [], sequence: 10 });
    expect([tables.isWhole, count({})]).toEqual([true, { count: 4, open: 2, sequence: 10 }]);
  });

  it('years are opened only as far as a page or a number needs them', () => {
    tables.close();
    tables = CaseTables.empty(options({ years: 1, bytes: 1e9 }));
    const years = ['2021', '2022', '2023', '2024', '2025', '2026'];
    put(...years.flatMap((year) => [1, 2, 3].map((serial) => inYear(`${year}060100000${serial}`, 'closed'))));
    const opened = () => [...tables.openedYears].sort();
    expect(opened()).toEqual(['2025', '2026']);
    expect(ids({ openedFrom: '2021-01-01', openedTo: '2022-01-01' })).toHaveLength(3);
    expect(opened()).toEqual(['2021', '2026']);
    expect(page({}, 2).rows.map(({ id }) => id.slice(0, 4))).toEqual(['2026', '2026']);
    expect(count({ state: 'closed', record: 'case' })).toEqual({ count: 18, open: 0, sequence: 1 });
    expect([ids({ openedFrom: '2027-01-01' }), tables.sequencesOf('20200601000001')]).toEqual([[], null]);
    expect(opened()).toEqual(['2021', '2026']);
    expect(page({}, 1, page({}, 4).after).rows.map(({ id }) => id)).toEqual(['20250601000002']);
    expect(opened()).toEqual(['2025', '2026']);
    expect(ids({ text: '路面' })).toHaveLength(18);
    expect(opened()).toEqual(['2021', '2026']);
  });

  it('too much in memory is put away, least used first, and nothing is lost', () => {
    tables.close();
    tables = CaseTables.empty(options({ years: 2, bytes: 1 }));
    for (const year of ['2024', '2025', '2026']) put(inYear(`${year}0601000001`, 'closed'));
    const opened = () => [...tables.openedYears].sort();
    expect([opened(), tables.bytes > 0]).toEqual([['2025', '2026'], true]);
    put(inYear('20240601000001', 'reported', 2));
    expect(opened()).toEqual(['2024', '2026']);
    expect(ids({})).toEqual(['20260601000001', '20250601000001', '20240601000001']);
    expect(tables.sequencesOf('20250601000001')).toEqual([1]);
  });

  it('a case that moves between two steps of a search is neither missed nor told twice', () => {
    const years = ['2024', '2025', '2026'];
    put(...years.flatMap((year) => [inYear(`${year}0601000001`, 'closed'), inYear(`${year}0601000002`, 'reported')]));
    let moves = 0;
    const swap = () => {
      moves += 1;
      const sequence = 1 + moves;
      for (const year of years) {
        const isEven = moves % 2 === 0;
        put(
          inYear(`${year}0601000001`, isEven ? 'closed' : 'reported', sequence),
          inYear(`${year}0601000002`, isEven ? 'reported' : 'closed', sequence),
        );
      }
    };
    const found = answerOf(tables.list({ text: '路面' }, NOW, 10, null), swap);
    const counted = answerOf(tables.count({ text: '路面' }, NOW), swap);
    expect(found.rows.map(({ id }) => id)).toEqual(
      years.toReversed().flatMap((year) => [`${year}0601000002`, `${year}0601000001`]),
    );
    expect([counted.count, counted.open, moves]).toEqual([6, 3, 4]);
  });
});

describe('filters', () => {
  it('state: one, a list, open, closed', () => {
    put(
      aProjected({ id: '1', state: 'reported' }),
      aProjected({ id: '2', state: 'handling' }),
      aProjected({ id: '3', state: 'closed' }),
      aProjected({ id: '4', state: 'void' }),
    );
    expect(ids({ state: 'handling' })).toEqual(['2']);
    expect(ids({ state: ['handling', 'closed'] })).toEqual(['3', '2']);
    expect(ids({ state: 'open' })).toEqual(['2', '1']);
    expect(ids({ state: 'closed' })).toEqual(['4', '3']);
    expect(count({ state: ['handling', 'closed'] })).toEqual({ count: 2, open: 1, sequence: 1 });
  });

  it('gridCode: the beginning of the code of the grid or of any area above it, and of nothing else', () => {
    put(
      aProjected({ id: '1' }, { areaPath: ['110113', '110113001'] }),
      aProjected({ id: '2' }, { areaPath: ['110113', '110113002'] }),
      aProjected({ id: '3' }, { areaPath: ['mission', '06075020100'] }),
      aProjected({ id: '4', gridCode: null }, { areaPath: [] }),
    );
    expect(ids({ gridCode: '1101' })).toEqual(['2', '1']);
    expect(ids({ gridCode: '110113002' })).toEqual(['2']);
    expect(ids({ gridCode: 'miss' })).toEqual(['3']);
    expect(ids({ gridCode: '06075' })).toEqual(['3']);
    expect([ids({ gridCode: '6075' }), ids({ gridCode: 'Miss' }), ids({ gridCode: '|' })]).toEqual([[], [], []]);
  });

  it('gridCode: a code with the separator in it is one code', () => {
    put(aProjected({ id: '1' }, { areaPath: ['a', 'b'] }), aProjected({ id: '2' }, { areaPath: ['a|b%'] }));
    expect([ids({ gridCode: 'a|b' }), ids({ gridCode: 'a|b%' }), ids({ gridCode: 'b' })]).toEqual([
      ['2'],
      ['2'],
      ['1'],
    ]);
  });

  it('text: Chinese in the middle of a run, in description, address, class, number and outside number', () => {
    put(
      aProjected({ id: 'SY2026-0001', description: '小区消防通道堵塞' }),
      aProjected({ id: 'SY2026-0002', address: '仁和镇通道街' }),
      aProjected({ id: 'SY2026-0003', className: '占用通道' }),
      aProjected({ id: 'SY2026-0004' }, { external: '12345:HL-778899' }),
    );
    expect(ids({ text: '通道' })).toEqual(['SY2026-0003', 'SY2026-0002', 'SY2026-0001']);
    expect(ids({ text: '0004' })).toEqual(['SY2026-0004']);
    expect(ids({ text: 'hl-７７８' })).toEqual(['SY2026-0004']);
    expect(ids({ text: '  ' })).toHaveLength(4);
  });

  it('text: percent, underscore and backslash are ordinary signs', () => {
    put(
      aProjected({ id: '1', description: '完成 50%' }),
      aProjected({ id: '2', description: '完成 500' }),
      aProjected({ id: '3', description: 'a_b' }),
      aProjected({ id: '4', description: 'a\\b' }),
    );
    expect([ids({ text: '50%' }), ids({ text: 'a_b' }), ids({ text: 'a\\b' }), ids({ text: '%' })]).toEqual([
      ['1'],
      ['3'],
      ['4'],
      ['1'],
    ]);
  });

  it('text: signs are found half-width and full-width, also mixed and many', () => {
    put(
      aProjected({ id: '1', description: '南侧，（Ａ座）有水' }),
      aProjected({ id: '2', description: '南侧,(a座）有水' }),
      aProjected({ id: '3', description: '１！！！！！２' }),
    );
    expect([
      ids({ text: '侧,(A座)' }),
      ids({ text: '，（ａ' }),
      ids({ text: '1!!!!!2' }),
      ids({ text: '1！！2' }),
    ]).toEqual([['2', '1'], ['2', '1'], ['3'], []]);
  });

  it('text: does not match across two fields', () => {
    put(aProjected({ id: '1', description: '东门', address: '西门' }));
    expect([ids({ text: '东门西门' }), ids({ text: '门西' }), ids({ text: '东门\n西门' })]).toEqual([[], [], ['1']]);
  });

  it('text: all that stands between blanks must be there, in whatever field and order', () => {
    put(
      aProjected({ id: '1', description: '张庄井盖丢失' }),
      aProjected({ id: '2', description: '井盖丢失', address: '张庄村东' }),
      aProjected({ id: '3', description: '井盖丢失，ＡＢ－１２' }, { external: '12345:HL' }),
    );
    expect([ids({ text: '井盖　张庄' }), ids({ text: '张庄 井盖 路灯' }), ids({ text: '井盖 hl ab-12' })]).toEqual([
      ['2', '1'],
      [],
      ['3'],
    ]);
  });

  it('overdue: a running clock that has ended before now', () => {
    put(
      aProjected({ id: '1', dueAt: NOW - 1 }),
      aProjected({ id: '2', dueAt: NOW }),
      aProjected({ id: '3', dueAt: null }),
    );
    expect([ids({ overdue: true }), ids({ overdue: false })]).toEqual([['1'], ['3', '2']]);
  });

  it('openedFrom is included, openedTo is not; a day begins at midnight in Beijing', () => {
    put(
      aProjected({ id: '1', reportedAt: Date.parse('2026-07-01T15:59:59.999Z') }),
      aProjected({ id: '2', reportedAt: Date.parse('2026-07-01T16:00:00.000Z') }),
      aProjected({ id: '3', reportedAt: Date.parse('2026-07-02T16:00:00.000Z') }),
    );
    expect(ids({ openedFrom: '2026-07-02' })).toEqual(['3', '2']);
    expect(ids({ openedTo: '2026-07-02' })).toEqual(['1']);
    expect(ids({ openedFrom: '2026-07-02', openedTo: '2026-07-03' })).toEqual(['2']);
    expect(ids({ openedFrom: '2026-07-02T00:00:00+08:00', openedTo: Date.UTC(2026, 6, 2, 16) })).toEqual(['2']);
  });

  it('source and unit', () => {
    put(
      aProjected({ id: '1', record: 'ticket', source: 'hotline', holderUnit: 'T1' }),
      aProjected({ id: '2', source: 'video', holderUnit: 'T10' }),
      aProjected({ id: '3', source: 'import', holderUnit: null }),
    );
    expect([ids({ record: 'ticket' }), ids({ record: 'case' })]).toEqual([['1'], ['3', '2']]);
    expect([ids({ source: 'video' }), ids({ source: ['hotline', 'import'] }), ids({ unit: 'T1' })]).toEqual([
      ['2'],
      ['3', '1'],
      ['1'],
    ]);
  });
});

describe('pages', () => {
  it('cover every case once, newest report first, though instants are equal and a case comes in between', () => {
    put(...['a', 'b', 'c', 'd', 'e'].map((id) => aProjected({ id, reportedAt: NOW })));
    const first = page({}, 2);
    put(aProjected({ id: 'z', reportedAt: NOW + 1 }));
    const second = page({}, 2, first.after);
    const third = page({}, 2, second.after);
    const shown = [first, second, third].map(({ rows }) => rows.map((row) => row.id));
    expect(shown).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third.after).toBeNull();
  });

  it('end without a cursor when the last one is full', () => {
    put(aProjected({ id: 'a' }), aProjected({ id: 'b' }));
    expect(page({}, 2).after).toBeNull();
  });
});

describe('any rows and filters', () => {
  it('agree with a filter over plain rows, in count, order, pages and counters, whatever lies in memory', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyProjected, { maxLength: 6 }), { maxLength: 5 }),
        fc.array(anyFilter, { minLength: 1, maxLength: 4 }),
        anyNow,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        (batches, filters, now, limit, years) => {
          tables.close();
          tables = CaseTables.empty(options({ years, bytes: 1e9 }));
          for (const rows of batches) put(...rows);
          const latest = [...new Map(batches.flat().map((projected) => [projected.row.id, projected])).values()];
          for (const filter of filters) {
            const expected = latest.filter((projected) => fits(projected, filter, now)).map(({ row }) => row);
            const open = expected.filter((row) => caseStates[row.state].isOpen).length;
            const { sequence } = tables;
            expect(answerOf(tables.count(filter, now))).toEqual({ count: expected.length, open, sequence });
            expect(walk(filter, now, limit)).toEqual(expected.sort(newestFirst));
          }
          expect(tables.file('open')?.facts.counters).toEqual(tables.file('open')?.recount());
          for (const year of tables.years()) {
            const file = tables.file({ year });
            expect(file?.facts.counters).toEqual(file?.recount());
          }
        },
      ),
      { numRuns: 200, seed: 20_260_701 },
    );
  });
});

function walk(filter: CaseFilter, now: number, limit: number): readonly CaseRow[] {
  const rows: CaseRow[] = [];
  let after: string | null = null;
  do {
    const found = page(filter, limit, after, now);
    rows.push(...found.rows);
    after = found.after;
  } while (after !== null);
  return rows;
}

function newestFirst(left: CaseRow, right: CaseRow): number {
  if (left.reportedAt !== right.reportedAt) return right.reportedAt - left.reportedAt;
  return left.id < right.id ? 1 : -1;
}

/** The filter's meaning, written a second time in the plainest way. */
function fits({ row, areaPath, external }: ProjectedCase, filter: CaseFilter, now: number): boolean {
  const isOverdue = row.dueAt !== null && row.dueAt < now;
  const terms = folded(filter.text ?? '').split(' ');
  const texts = [row.description, row.address, row.className, row.id, external ?? ''];
  return (
    fitsState(row, filter.state) &&
    (filter.record === undefined || filter.record === row.record) &&
    (filter.gridCode === undefined || areaPath.some((code) => code.startsWith(filter.gridCode ?? ''))) &&
    (filter.unit === undefined || row.holderUnit === filter.unit) &&
    terms.every((term) => texts.some((field) => folded(field).includes(term))) &&
    (filter.source === undefined || [filter.source].flat().includes(row.source)) &&
    (filter.overdue === undefined || filter.overdue === isOverdue) &&
    (filter.openedFrom === undefined || row.reportedAt >= instantOf(filter.openedFrom)) &&
    (filter.openedTo === undefined || row.reportedAt < instantOf(filter.openedTo))
  );
}

function fitsState(row: CaseRow, state: CaseFilter['state']): boolean {
  if (state === undefined) return true;
  if (state === 'open' || state === 'closed') return caseStates[row.state].isOpen === (state === 'open');
  return [state].flat().includes(row.state);
}

/** Only for the signs that the generator uses. */
function folded(text: string): string {
  return text
    .replaceAll('Ａ', 'a')
    .replaceAll('A', 'a')
    .replaceAll('１', '1')
    .replaceAll('％', '%')
    .replaceAll(/[　\n]/g, ' ')
    .toLowerCase();
}
