import { expect, test } from 'vitest';
import { HOUR_MS, instant, MINUTE_MS } from '#domain/base/instant.ts';
import type { ClockRecord } from '#domain/sla/clock.ts';
import { explainClock } from '#domain/sla/ledger.ts';
import { WorkCalendar } from '#domain/sla/work-calendar.ts';
import type { ClockLedger } from '#contract/clock.ts';
import { ledgerAt } from './ledger-at.ts';

const calendar = new WorkCalendar({
  version: 'v',
  days: [],
  years: [2026],
  hours: [
    {
      from: '1900-01-01',
      to: null,
      periods: [
        { startMinute: 480, endMinute: 720 },
        { startMinute: 840, endMinute: 1_080 },
      ],
    },
  ],
  hoursPerWorkDay: 8,
  offsetMinutes: 480,
});
/** Beijing time on Tuesday 2026-11-24. */
function at(hour: number, minute = 0) {
  return instant(Date.UTC(2026, 10, 24, hour - 8, minute));
}

function aLedger(now: number, change: Partial<ClockRecord> = {}): ClockLedger {
  const record: ClockRecord = {
    limit: { value: 4, unit: 'work_hour' },
    startedAt: at(9, 20),
    stops: [],
    extensions: [],
    endedAt: null,
    dueAt: at(15, 20),
    ...change,
  };
  const made = explainClock(calendar, record, instant(now));
  return {
    ...{ clock: 'handle', limit: { ...record.limit, basis: 'limits 12' }, startedAt: record.startedAt },
    ...{ endedAt: record.endedAt, mergedDueAt: null, isOverdue: made.remainingMs < 0 },
    ...{ extensions: [], ...made, lines: [...made.lines], ahead: [...made.ahead] },
  };
}

test('what passed since the answer is what the host counts then, minute by minute to the deadline', () => {
  const asked = aLedger(at(11, 30));
  for (let now = at(11, 30) as number; now < at(15, 20); now += MINUTE_MS) {
    expect(ledgerAt(asked, now)).toEqual(aLedger(now));
  }
});

test('past the deadline nothing is made up: the account stands there until the host is asked', () => {
  const moved = ledgerAt(aLedger(at(11, 30)), at(17));
  expect([moved.lines.at(-1)?.to, moved.remainingMs, moved.usedMs]).toEqual([at(15, 20), 0, 4 * HOUR_MS]);
});

test('a clock that ended or stands still is left as it is', () => {
  const ended = aLedger(at(16), { endedAt: at(14, 30) });
  expect(ledgerAt(ended, at(17))).toBe(ended);
  const suspended = aLedger(at(11), { stops: [{ from: at(10), to: null, cause: 'suspended' }] });
  expect(ledgerAt(suspended, at(12))).toBe(suspended);
});
