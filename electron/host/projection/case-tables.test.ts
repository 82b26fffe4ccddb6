import fc from 'fast-check';
import type { SqlJsStatic } from 'sql.js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseFilter, CaseRow } from '#contract/cases.ts';
import { instantOf } from '#contract/schema.ts';
import { caseStates } from '#domain/case/lifecycle.ts';
import type { ProjectedCase } from '#host/ports/projection.ts';
import { anyFilter, anyNow, anyProjected, aProjected } from '#tests/conformance/projection/projected-case.ts';
import { CaseTables } from './case-tables.ts';
import { decodeCursor } from './cursor.ts';
import { loadEngine } from './engine.ts';

const JOURNAL = 'journal-a';
const NOW = Date.UTC(2026, 6, 2);

let engine: SqlJsStatic;
let tables: CaseTables;
beforeAll(async () => {
  engine = await loadEngine();
});
beforeEach(() => {
  tables = CaseTables.empty(engine, JOURNAL);
});
afterEach(() => tables.close());

function put(...rows: readonly ProjectedCase[]): void {
  tables.apply(rows, tables.sequence() + 1);
}

function ids(filter: CaseFilter, now = NOW): readonly string[] {
  return tables.list(filter, now, 1_000, null).rows.map((row) => row.id);
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
    expect(tables.list({}, NOW, 10, null)).toEqual({ rows: [filled.row, bare.row], after: null, sequence: 1 });
  });

  it('are replaced by later ones of the same case', () => {
    put(aProjected({ id: 'a', description: '旧' }), aProjected({ id: 'b' }));
    put(aProjected({ id: 'a', state: 'closed', description: '新', version: 2 }));
    expect(tables.count({}, NOW)).toEqual({ count: 2, open: 1, sequence: 2 });
    expect([ids({ text: '旧' }), ids({ text: '新' }), ids({ state: 'closed' })]).toEqual([[], ['a'], ['a']]);
  });

  it('of a failed batch are not there, nor is its position', () => {
    put(aProjected({ id: 'a' }));
    const broken = { ...aProjected({ id: 'c' }), row: { ...aProjected({ id: 'c' }).row, record: null } };
    expect(() => tables.apply([aProjected({ id: 'b' }), broken as unknown as ProjectedCase], 9)).toThrow(/NOT NULL/);
    expect(tables.count({}, NOW)).toEqual({ count: 1, open: 1, sequence: 1 });
    put(aProjected({ id: 'b' }));
    expect(tables.sequence()).toBe(2);
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
    expect(tables.count({ state: ['handling', 'closed'] }, NOW)).toEqual({ count: 2, open: 1, sequence: 1 });
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

  it('text: does not match across two fields', () => {
    put(aProjected({ id: '1', description: '东门', address: '西门' }));
    expect([ids({ text: '东门西门' }), ids({ text: '东门 西门' }), ids({ text: '东门\n西门' })]).toEqual([[], [], []]);
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
    const first = tables.list({}, NOW, 2, null);
    put(aProjected({ id: 'z', reportedAt: NOW + 1 }));
    const second = tables.list({}, NOW, 2, decodeCursor(first.after ?? ''));
    const third = tables.list({}, NOW, 2, decodeCursor(second.after ?? ''));
    const shown = [first, second, third].map((page) => page.rows.map((row) => row.id));
    expect(shown).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third.after).toBeNull();
  });

  it('end without a cursor when the last one is full', () => {
    put(aProjected({ id: 'a' }), aProjected({ id: 'b' }));
    expect(tables.list({}, NOW, 2, null).after).toBeNull();
  });
});

describe('any rows and filters', () => {
  it('agree with a filter over plain rows, in count, order and pages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyProjected, { maxLength: 6 }), { maxLength: 4 }),
        fc.array(anyFilter, { minLength: 1, maxLength: 4 }),
        anyNow,
        fc.integer({ min: 1, max: 4 }),
        (batches, filters, now, limit) => {
          const own = CaseTables.empty(engine, JOURNAL);
          try {
            batches.forEach((rows, index) => own.apply(rows, index + 1));
            const latest = [...new Map(batches.flat().map((projected) => [projected.row.id, projected])).values()];
            for (const filter of filters) {
              const expected = latest.filter((projected) => fits(projected, filter, now)).map(({ row }) => row);
              const open = expected.filter((row) => caseStates[row.state].isOpen).length;
              expect(own.count(filter, now)).toEqual({ count: expected.length, open, sequence: batches.length });
              expect(walk(own, filter, now, limit)).toEqual(expected.sort(newestFirst));
            }
          } finally {
            own.close();
          }
        },
      ),
      { numRuns: 300, seed: 20_260_701 },
    );
  });
});

function walk(own: CaseTables, filter: CaseFilter, now: number, limit: number): readonly CaseRow[] {
  const rows: CaseRow[] = [];
  let after: string | null = null;
  do {
    const page = own.list(filter, now, limit, after === null ? null : decodeCursor(after));
    rows.push(...page.rows);
    after = page.after;
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
  const text = folded(filter.text ?? '').trim();
  const texts = [row.description, row.address, row.className, row.id, external ?? ''];
  return (
    fitsState(row, filter.state) &&
    (filter.record === undefined || filter.record === row.record) &&
    (filter.gridCode === undefined || areaPath.some((code) => code.startsWith(filter.gridCode ?? ''))) &&
    (filter.unit === undefined || row.holderUnit === filter.unit) &&
    (text === '' || texts.some((field) => folded(field).includes(text))) &&
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
    .replaceAll(/[　\n]/g, ' ')
    .toLowerCase();
}
