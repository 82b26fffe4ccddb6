import { expect, test } from 'vitest';
import type { LedgerLine } from '#contract/clock.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/base/instant.ts';
import { countedText, hoursText, rowsOf, totalMinutes } from './ledger-rows.ts';
import { leadingClock, ruleOf } from './chosen-clock.ts';

function lines(...parts: readonly (readonly [ms: number, cause: LedgerLine['cause']])[]): readonly LedgerLine[] {
  let at = 0;
  return parts.map(([ms, cause]) => {
    const from = at;
    at += ms;
    const counts = cause === 'work_time' || cause === 'continuous' || cause === 'remaining';
    return { from, to: at, countedMs: counts ? ms : 0, cause, name: null };
  });
}

test('rows add up to the total as it is shown, although none is a whole minute', () => {
  const odd = lines(
    [40 * SECOND_MS, 'work_time'],
    [HOUR_MS, 'break'],
    [50 * SECOND_MS, 'work_time'],
    [95 * SECOND_MS, 'remaining'],
  );
  const rows = rowsOf({ lines: odd, ahead: [] }, false);
  expect(rows.map(({ minutes }) => minutes)).toEqual([0, 0, 1, 2]);
  expect(totalMinutes(rows)).toBe(Math.floor((185 * SECOND_MS) / MINUTE_MS));
});

test('folded, a row is a day: the night before its work, the break inside; a stop stands alone', () => {
  const long = lines(
    [3 * HOUR_MS, 'work_time'],
    [2 * HOUR_MS, 'break'],
    [4 * HOUR_MS, 'work_time'],
    [14 * HOUR_MS, 'night'],
    [4 * HOUR_MS, 'work_time'],
    [HOUR_MS, 'suspended'],
    [62 * HOUR_MS, 'weekend'],
    [HOUR_MS, 'work_time'],
  );
  const rows = rowsOf({ lines: long, ahead: [] }, true);
  expect(rows.map(({ causes, minutes }) => [minutes / 60, ...causes.map(({ cause }) => cause)].join(' '))).toEqual([
    '7 work_time break',
    '4 work_time night',
    '0 suspended',
    '1 work_time weekend',
  ]);
  expect(rows.every((row, index) => index === 0 || row.from === rows[index - 1]?.to)).toBe(true);
});

test('counted time goes on in hours beyond a day', () => {
  expect([hoursText(0), hoursText(195), countedText(-40 * HOUR_MS)]).toEqual(['0:00', '3:15', '40:00']);
});

test('the running clock is shown first, else 处置, else the last one', () => {
  expect(
    leadingClock([
      { clock: 'handle', endedAt: 1 },
      { clock: 'check', endedAt: null },
    ]),
  ).toBe(1);
  expect(
    leadingClock([
      { clock: 'handle', endedAt: 1 },
      { clock: 'check', endedAt: 2 },
    ]),
  ).toBe(0);
  expect(leadingClock([])).toBe(-1);
});

test('a basis names its table and row, or is of an older form', () => {
  expect(ruleOf('limits 12')).toEqual({ table: 'limits', row: '12', version: null });
  expect(ruleOf('duties 3 2026-07')).toEqual({ table: 'duties', row: '3', version: '2026-07' });
  expect(ruleOf('check')).toEqual({ table: 'stage' });
  expect(ruleOf('v1')).toBeNull();
});
