import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseChange, CaseRow } from '#contract/cases.ts';
import { aCase } from '#tests/builders/cases.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { LiveCases, newestFirst } from './live-cases.ts';

const about = { sequence: 1, isComplete: true };

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, ...change };
}

function upsert(row: CaseRow): CaseChange {
  return { kind: 'upsert', row };
}

test('counts follow a case through its states and out of the picture', () => {
  const live = new LiveCases(someAreas());
  live.apply([upsert(aRow('1')), upsert(aRow('2'))], about);
  expect(live.countOf('reported', null)).toBe(2);
  expect(live.byArea.get('9111')).toBe(2);
  live.apply([upsert(aRow('1', { state: 'handling', version: 5 }))], about);
  expect([live.countOf('reported', null), live.countOf('handling', null)]).toEqual([1, 1]);
  live.apply([{ kind: 'remove', id: '2' }], about);
  expect(live.byArea.get('9111')).toBe(1);
  expect(live.newest.map(({ id }) => id)).toEqual(['1']);
});

test('a case that is removed and was never there changes nothing', () => {
  const live = new LiveCases(someAreas());
  expect(live.apply([{ kind: 'remove', id: 'x' }], about)).toEqual({ isReset: false, upserts: [], removed: [] });
});

test('many that go at once, and some whose report is of another time now, leave the list in its order', () => {
  const live = new LiveCases(someAreas());
  const rows = Array.from({ length: 200 }, (_, index) => aRow(String(index), { reportedAt: 1_000 + index }));
  live.apply(rows.map(upsert), about);
  const gone = rows.slice(0, 150).map(({ id }): CaseChange => ({ kind: 'remove', id }));
  const moved = rows.slice(190).map((row) => upsert({ ...row, reportedAt: row.reportedAt - 35 }));
  live.apply([...gone, ...moved], about);
  expect(live.newest).toEqual([...live.rows.values()].sort(newestFirst));
  expect(live.newest).toHaveLength(50);
  live.apply(
    moved.map((_, index): CaseChange => ({ kind: 'remove', id: String(190 + index) })),
    about,
  );
  expect(live.newest).toHaveLength(40);
});

test('several changes of one case in a batch count once, the last one', () => {
  const live = new LiveCases(someAreas());
  live.apply([upsert(aRow('1')), upsert(aRow('1', { state: 'handling' }))], about);
  expect(live.newest).toHaveLength(1);
  expect([live.countOf('reported', null), live.countOf('handling', null)]).toEqual([0, 1]);
});

test('cases and tickets are counted apart, and so is what waits for an answer to its supervision', () => {
  const live = new LiveCases(someAreas());
  live.apply(
    [
      upsert(aRow('1', { state: 'handling' })),
      upsert(aRow('2', { state: 'handling', record: 'ticket', openSupervisions: 2 })),
    ],
    about,
  );
  expect([null, 'case', 'ticket'].map((record) => live.countOf('handling', record as 'case'))).toEqual([2, 1, 1]);
  expect([live.sizeOf(null), live.sizeOf('ticket')]).toEqual([2, 1]);
  expect([live.supervisedOf(null), live.supervisedOf('case'), live.supervisedOf('ticket')]).toEqual([1, 0, 1]);
  live.apply([upsert(aRow('2', { state: 'handling', record: 'ticket' }))], about);
  expect(live.supervisedOf(null)).toBe(0);
});

test('a new snapshot replaces everything', () => {
  const live = new LiveCases(someAreas());
  live.apply([upsert(aRow('1'))], about);
  live.reset();
  expect([live.rows.size, live.byArea.size, live.isComplete]).toEqual([0, 0, false]);
});

test('after any batches, order and counts are those of a full recount', () => {
  const change = fc.record({
    id: fc.integer({ min: 1, max: 120 }).map(String),
    minute: fc.integer({ min: 0, max: 9 }),
    state: fc.constantFrom<CaseRow['state'][]>('reported', 'handling', 'pending_close'),
    record: fc.constantFrom<CaseRow['record'][]>('case', 'ticket'),
    openSupervisions: fc.integer({ min: 0, max: 1 }),
    isGone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 100 }), { maxLength: 8 }), (batches) => {
      const live = new LiveCases(someAreas());
      const reportedAt = new Map<string, number>();
      for (const batch of batches) {
        const items = batch.map(({ id, minute, isGone, ...row }): CaseChange => {
          if (isGone) return { kind: 'remove', id };
          // A case's time of report never changes.
          const at = reportedAt.get(id) ?? minute * 60_000;
          reportedAt.set(id, at);
          return upsert(aRow(id, { ...row, reportedAt: at }));
        });
        live.apply(items, about);
      }
      const rows = [...live.rows.values()];
      expect(live.newest).toEqual(rows.toSorted(newestFirst));
      for (const state of ['reported', 'handling', 'pending_close'] as const) {
        for (const record of ['case', 'ticket'] as const) {
          const expected = rows.filter((row) => row.state === state && row.record === record).length;
          expect(live.countOf(state, record)).toBe(expected);
        }
      }
      expect(live.supervisedOf(null)).toBe(rows.filter((row) => row.openSupervisions > 0).length);
      expect(live.byArea.get('9111') ?? 0).toBe(rows.length);
    }),
    { seed: 42, numRuns: 200 },
  );
});
