import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calendarFile, calendarTable } from './calendar-table.mjs';

const shipped = readFileSync(calendarFile, 'utf8');

test('the shipped calendar is the one of chinese-days, year by year: run node tests/tools/calendar-table.mjs if not', () => {
  expect(byYear(shipped)).toEqual(byYear(calendarTable()));
});

test('the shipped calendar knows 2020 to 2026: 2027 was not announced when chinese-days 1.5.7 was made', () => {
  expect([...byYear(shipped).keys()]).toEqual(['2020', '2021', '2022', '2023', '2024', '2025', '2026']);
});

function byYear(table: string): ReadonlyMap<string, readonly string[]> {
  const [head, ...rows] = table.trimEnd().split('\n');
  expect(head).toBe('date,kind,name,source');
  const years = new Map<string, string[]>();
  for (const row of rows) years.set(row.slice(0, 4), [...(years.get(row.slice(0, 4)) ?? []), row]);
  return years;
}
