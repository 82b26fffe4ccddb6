import { expect, test } from 'vitest';
import { DAY_MS, plus } from '#domain/base/instant.ts';
import { morning } from '#tests/builders/cases.ts';
import { defaultSameCausePolicy } from './policy.ts';
import { isRepeatComplaint, type RepeatReport } from './repeat-complaint.ts';

const { repeat } = defaultSameCausePolicy;
const aReport = (change: Partial<RepeatReport> = {}): RepeatReport => ({
  ...{ metres: 10, sameClass: true, reportedAt: plus(morning, -DAY_MS) },
  ...change,
});
const isRepeat = (...reports: readonly RepeatReport[]) => isRepeatComplaint(reports, repeat, morning);

test('same place and class twice or more is a repeated complaint (domain.md §11)', () => {
  expect([isRepeat(aReport()), isRepeat(aReport(), aReport())]).toEqual([false, true]);
});

test('another class, another place, or longer ago does not count', () => {
  expect(isRepeat(aReport(), aReport({ sameClass: false }))).toBe(false);
  expect(isRepeat(aReport(), aReport({ metres: 50.1 }))).toBe(false);
  expect(isRepeat(aReport(), aReport({ reportedAt: plus(morning, -90 * DAY_MS - 1) }))).toBe(false);
  expect(isRepeat(aReport(), aReport({ metres: 50, reportedAt: plus(morning, -90 * DAY_MS) }))).toBe(true);
});

test('a district may ask for more', () => {
  expect(isRepeatComplaint([aReport(), aReport()], { ...repeat, leastReports: 3 }, morning)).toBe(false);
});
