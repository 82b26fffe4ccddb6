import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { LevelTally } from './level-tally.ts';

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, dueAt: null, clockStartedAt: null, ...change };
}

test('a case that nobody touches becomes 临期, then 超期', () => {
  const tally = new LevelTally();
  tally.add(aRow('1', { clockStartedAt: morning, dueAt: morning + 100 * MINUTE_MS }));
  expect(tally.at(morning)).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0 });
  expect(tally.at(morning + 80 * MINUTE_MS)).toEqual({ 1: 0, 2: 0, 3: 1, 4: 0 });
  expect(tally.at(morning + 100 * MINUTE_MS)).toEqual({ 1: 0, 2: 0, 3: 1, 4: 0 });
  expect(tally.at(morning + 100 * MINUTE_MS + 1)).toEqual({ 1: 0, 2: 1, 3: 0, 4: 0 });
  expect(tally.at(morning), 'a clock that was put back').toEqual({ 1: 0, 2: 0, 3: 0, 4: 0 });
});

test('the counts are those of a full look, whatever comes, goes and passes', () => {
  const step = fc.record({
    id: fc.integer({ min: 1, max: 30 }).map(String),
    isGone: fc.boolean(),
    limitMinutes: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
    returnCount: fc.integer({ min: 0, max: 3 }),
    openSupervisions: fc.integer({ min: 0, max: 1 }),
    isUrgent: fc.boolean(),
    laterMs: fc.integer({ min: -2 * MINUTE_MS, max: 15 * MINUTE_MS }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const tally = new LevelTally();
      const rows = new Map<string, CaseRow>();
      let now: number = morning;
      for (const { id, isGone, limitMinutes, laterMs, ...facts } of steps) {
        const before = rows.get(id);
        if (before !== undefined) tally.remove(before);
        rows.delete(id);
        if (!isGone) {
          const clock =
            limitMinutes === null ? {} : { clockStartedAt: morning, dueAt: morning + limitMinutes * MINUTE_MS };
          const row = aRow(id, { ...facts, ...clock });
          rows.set(id, row);
          tally.add(row);
        }
        now += laterMs;
        const counts = { 1: 0, 2: 0, 3: 0, 4: 0 };
        for (const row of rows.values()) {
          const level = attentionLevel(row, now);
          if (level !== null) counts[level] += 1;
        }
        // Within a span of five seconds a clock may go back unnoticed.
        if (laterMs < 0 && laterMs > -5_000) continue;
        expect(tally.at(now)).toEqual(counts);
      }
    }),
    { seed: 42, numRuns: 200 },
  );
});
