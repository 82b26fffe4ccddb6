import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { dayOfWeek, fullTime, moment, shortMoment, span } from './format.ts';

/** 2026-11-24 08:00 in Beijing. */
const morning = Date.UTC(2026, 10, 24);

test('moments are told in the time of the district, as short as is clear', () => {
  expect(moment(morning, morning)).toBe('08:00');
  expect(moment(morning - 9 * HOUR_MS, morning)).toBe('11-23 23:00');
  expect(moment(Date.UTC(2016, 0, 2, 3), morning)).toBe('2016-01-02 11:00');
  expect(shortMoment(Date.UTC(2016, 0, 2, 3), morning)).toBe('2016-01-02');
  expect(fullTime(morning)).toBe('2026-11-24 08:00:00');
  expect([dayOfWeek(morning, 'zh-CN'), dayOfWeek(morning, 'en')]).toEqual(['11-24 周二', '11-24 Tue']);
});

test('spans are whole minutes, with days from one day on; midnight never is 24', () => {
  expect(span(42 * MINUTE_MS + 59_000, 'zh-CN')).toBe('0:42');
  expect(span(-65 * MINUTE_MS, 'zh-CN')).toBe('1:05');
  expect(span(2 * DAY_MS + 3 * HOUR_MS + MINUTE_MS, 'zh-CN')).toBe('2日 3:01');
  expect(span(DAY_MS, 'en')).toBe('1d 0:00');
  expect(moment(morning + 16 * HOUR_MS, morning + 16 * HOUR_MS)).toBe('00:00');
});
