import { describe, expect, test } from 'vitest';
import { dateReader, isTimeZone } from './read-date.ts';

const beijing = dateReader('Asia/Shanghai');
const pacific = dateReader('America/Los_Angeles');

test.each([
  ['2024-03-05 08:30:15', '2024-03-05T00:30:15Z'],
  ['2024-03-05T08:30:15', '2024-03-05T00:30:15Z'],
  ['2024-03-05 08:30', '2024-03-05T00:30:00Z'],
  ['2024-03-05', '2024-03-04T16:00:00Z'],
  ['2024/3/5 8:30', '2024-03-05T00:30:00Z'],
  ['2024.3.5', '2024-03-04T16:00:00Z'],
  ['2024-03-05T08:30:15.250', '2024-03-05T00:30:15Z'],
  ['2024-03-05T08:30:15Z', '2024-03-05T08:30:15Z'],
  ['2024-03-05T08:30:15+08:00', '2024-03-05T00:30:15Z'],
  ['2024-03-05 08:30:15 -0530', '2024-03-05T14:00:15Z'],
  ['03/05/2024', '2024-03-04T16:00:00Z'],
  ['03/05/2024 12:05:00 AM', '2024-03-04T16:05:00Z'],
  ['3/5/2024, 12:05 PM', '2024-03-05T04:05:00Z'],
  ['03/05/2024 20:30', '2024-03-05T12:30:00Z'],
  ['2024年3月5日', '2024-03-04T16:00:00Z'],
  ['2024年3月5日 8时30分', '2024-03-05T00:30:00Z'],
  ['2024年3月5日 8:30:15', '2024-03-05T00:30:15Z'],
  ['20240305', '2024-03-04T16:00:00Z'],
  ['20240305083015', '2024-03-05T00:30:15Z'],
  ['  2024-03-05  ', '2024-03-04T16:00:00Z'],
  ['2024-02-29', '2024-02-28T16:00:00Z'],
  ['1970-01-01 08:00', '1970-01-01T00:00:00Z'],
])('reads %s in Beijing', (text, expected) => {
  expect(new Date(beijing(text) ?? NaN)).toEqual(new Date(expected));
});

test.each([
  ...['', 'soon', '2024', '2024-13-01', '2024-02-30', '2023-02-29', '2024-00-10', '2024-01-00', '2024-01-01 24:00'],
  ...['2024-01-01 10:60', '2024-01-01 10:10:60', '31/12/2024', '13/13/2024', '1/1/2024 13:00 PM', '1/1/2024 0:30 AM'],
  ...[
    '2024-02-30 10:00:00',
    '2024-01-01 24:00:00',
    '2024-01-01 10:60:00',
    '20x4-01-01 10:00:00',
    '1969-12-31 10:00:00',
  ],
  ...['2024-01-01 1x:00:00', '2024-01-01 10.00.00', '2024-00-00 00:00:00'],
  ...['1969-12-31', '2024-01-01 10', '2024-1-1x', '45000', '20241301', '2024年13月1日', '二〇二四年一月一日', '1e12'],
])('refuses %j', (text) => {
  expect(beijing(text)).toBeNull();
});

describe('zones with summer time', () => {
  test.each([
    ['winter', '2024-01-15 12:00', '2024-01-15T20:00:00Z'],
    ['summer', '2024-07-15 12:00', '2024-07-15T19:00:00Z'],
    ['the last minute before the gap', '2024-03-10 01:59', '2024-03-10T09:59:00Z'],
    ['the gap moves on by the hour', '2024-03-10 02:30', '2024-03-10T10:30:00Z'],
    ['after the gap', '2024-03-10 03:00', '2024-03-10T10:00:00Z'],
    ['before the repeated hour', '2024-11-03 00:59', '2024-11-03T07:59:00Z'],
    ['in the repeated hour the first is meant', '2024-11-03 01:30', '2024-11-03T08:30:00Z'],
    ['after the repeated hour', '2024-11-03 02:00', '2024-11-03T10:00:00Z'],
    ['the day before the change', '2024-03-09 12:00', '2024-03-09T20:00:00Z'],
    ['the day after the change', '2024-03-11 12:00', '2024-03-11T19:00:00Z'],
    ['a zone in the text goes before the zone of the file', '2024-07-15T12:00:00Z', '2024-07-15T12:00:00Z'],
  ])('%s', (_, text, expected) => {
    expect(new Date(pacific(text) ?? NaN)).toEqual(new Date(expected));
  });

  test('every hour of a year is what the zone’s own calendar says', () => {
    const calendar = new Intl.DateTimeFormat('sv-SE', {
      ...{ timeZone: 'America/Los_Angeles', dateStyle: 'short', timeStyle: 'medium' },
    });
    for (let at = Date.UTC(2024, 0, 1, 8); at < Date.UTC(2025, 0, 1, 8); at += 3_600_000) {
      const text = calendar.format(at);
      const isRepeated = text.startsWith('2024-11-03 01');
      const read = pacific(text);
      expect({ text, read }).toEqual({ text, read: isRepeated ? Date.UTC(2024, 10, 3, 8) : at });
    }
  });
});

test('knows which names are zones', () => {
  expect(['Asia/Shanghai', 'America/Los_Angeles', 'UTC'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['Mars/Base', '', 'Beijing time'].map(isTimeZone)).toEqual([false, false, false]);
});
