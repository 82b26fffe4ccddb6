import { expect, test } from 'vitest';
import { dayNumberOf, dayText } from './figure-record.ts';
import { monthsUpTo, periodBefore, yearBefore } from './periods.ts';

const days = (from: string, to: string) => ({ from: dayNumberOf(from), to: dayNumberOf(to) });
const texts = ({ from, to }: { readonly from: number; readonly to: number }) => [dayText(from), dayText(to)];

test('before a month is the month before, before a quarter three months, before seven days seven days', () => {
  expect(texts(periodBefore(days('2026-03-01', '2026-04-01')))).toEqual(['2026-02-01', '2026-03-01']);
  expect(texts(periodBefore(days('2026-01-01', '2026-04-01')))).toEqual(['2025-10-01', '2026-01-01']);
  expect(texts(periodBefore(days('2026-03-02', '2026-03-09')))).toEqual(['2026-02-23', '2026-03-02']);
});

test('a year before is the same days, and 29 February is 1 March', () => {
  expect(texts(yearBefore(days('2026-03-01', '2026-04-01')))).toEqual(['2025-03-01', '2025-04-01']);
  expect(texts(yearBefore(days('2024-02-29', '2024-03-01')))).toEqual(['2023-03-01', '2023-03-01']);
});

test('months end with the one that holds the day', () => {
  expect(monthsUpTo(dayNumberOf('2026-01-15'), 3).map(texts)).toEqual([
    ['2025-11-01', '2025-12-01'],
    ['2025-12-01', '2026-01-01'],
    ['2026-01-01', '2026-02-01'],
  ]);
});
