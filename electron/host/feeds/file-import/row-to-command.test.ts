import { describe, expect, test } from 'vitest';
import { ImportMapping, importFields, type ImportField } from '#contract/imports.ts';
import type { ReportCase } from '#domain/case/commands.ts';
import { ClassTable } from '#domain/coding/class-table.ts';
import { gridAt } from '#tests/builders/district.ts';
import { dateReader } from './read-date.ts';
import { RowReader, type RowOutcome } from './row-to-command.ts';

const classes = new ClassTable('GB/T 47678.5-2026', 'test', [
  { kind: 'component', code: '01010', name: '上水井盖', groupCode: '01', groupName: '公用设施' },
  { kind: 'matter', code: '02030', name: '暴露垃圾', groupCode: '02', groupName: '市容环境' },
]);

const goodRow: Readonly<Record<ImportField, string>> = {
  externalId: 'A-1',
  reportedAt: '2026-03-05 08:30:00',
  closedAt: '2026-03-06 08:30:00',
  state: 'closed',
  class: '上水井盖',
  text: '井盖破损',
  address: '东镇东村1号',
  lon: '116.25',
  lat: '40.5',
  source: '12345热线',
};

test('a whole row becomes one report with everything in its place', () => {
  expect(read({ extra: ' 二小区 ' })).toEqual({
    ok: true,
    externalId: 'A-1',
    warnings: [],
    command: {
      id: 'file:A-1',
      actor: { id: 'import', roles: ['SYSTEM'], unit: null },
      body: {
        type: 'report',
        source: 'hotline',
        classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '01010', name: '上水井盖' },
        lon: 116.25,
        lat: 40.5,
        address: '东镇东村1号',
        description: '井盖破损',
        reportedAt: Date.UTC(2026, 2, 5, 0, 30),
        reporterId: null,
        external: { feed: 'file', id: 'A-1' },
        extra: { extra: '二小区' },
        isDemo: false,
        imported: { state: 'closed', closedAt: Date.UTC(2026, 2, 6, 0, 30) },
      },
    },
  });
});

test('a row with a number and a time alone is an open report without a place', () => {
  const empty = Object.fromEntries(importFields.map((field) => [field, '']));
  const outcome = read({ ...empty, externalId: 'A-1', reportedAt: '2026-03-05' });
  expect(bodyOf(outcome)).toMatchObject({
    ...{ source: 'import', lon: null, lat: null, address: '', description: '', extra: {} },
    ...{ imported: { state: 'open', closedAt: null } },
  });
  expect(outcome).toMatchObject({ warnings: [] });
});

describe('refused', () => {
  test.each([
    [{ externalId: ' ' }, 'externalId', 'id_missing', ''],
    [{ externalId: 'NA' }, 'externalId', 'id_missing', ''],
    [{ reportedAt: '' }, 'reportedAt', 'date_missing', ''],
    [{ reportedAt: 'NA' }, 'reportedAt', 'date_missing', ''],
    [{ reportedAt: 'yesterday' }, 'reportedAt', 'date_unreadable', 'yesterday'],
    [{ reportedAt: '2026-02-30' }, 'reportedAt', 'date_unreadable', '2026-02-30'],
  ])('%j: %s %s', (change, field, reason, value) => {
    expect(read(change)).toEqual({ ok: false, remark: { row: 7, field, reason, value } });
  });

  test.each([1, 10, 12])('%i cells where the head has 11', (count) => {
    const cells = Array.from({ length: count }, () => 'x');
    expect(reader().read({ number: 7, cells })).toEqual({
      ok: false,
      remark: { row: 7, field: 'row', reason: 'field_count', value: `${count} instead of 11` },
    });
  });
});

describe('doubtful, and kept', () => {
  test.each([
    [{ closedAt: 'soon' }, 'closedAt', 'closed_unreadable', 'soon'],
    [{ closedAt: '2026-03-04' }, 'closedAt', 'closed_before_opened', '2026-03-05 08:30:00 → 2026-03-04'],
    [{ closedAt: '' }, 'closedAt', 'closed_time_missing', ''],
    [{ state: 'half done', closedAt: '' }, 'state', 'state_unknown', 'half done'],
    [{ lon: 'east' }, 'lon', 'position_unreadable', 'east, 40.5'],
    [{ lon: '' }, 'lon', 'position_unreadable', ', 40.5'],
    [{ lat: 'NA' }, 'lon', 'position_unreadable', '116.25, '],
    [{ lon: '40.5', lat: '116.25' }, 'lon', 'position_unreadable', '40.5, 116.25'],
    [{ lon: '181' }, 'lon', 'position_unreadable', '181, 40.5'],
    [{ lat: '-90.1' }, 'lon', 'position_unreadable', '116.25, -90.1'],
    [{ lon: '115.9' }, 'lon', 'outside_district', '115.9, 40.5'],
  ])('%j: %s %s', (change, field, reason, value) => {
    expect(read(change)).toMatchObject({ ok: true, warnings: [{ row: 7, field, reason, value }] });
  });

  test('dates are kept as given, a point that cannot be is left out, one outside is kept', () => {
    expect(bodyOf(read({ closedAt: '2026-03-04' })).imported).toEqual({
      ...{ state: 'closed', closedAt: Date.UTC(2026, 2, 3, 16) },
    });
    expect(bodyOf(read({ lon: '40.5', lat: '116.25' }))).toMatchObject({ lon: null, lat: null });
    expect(bodyOf(read({ lon: '115.9' }))).toMatchObject({ lon: 115.9, lat: 40.5 });
  });
});

describe('states', () => {
  test.each([
    ['Open', '', 'open'],
    ['处理中', '', 'open'],
    ['RESOLVED', '2026-03-06', 'closed'],
    ['已办结', '2026-03-06', 'closed'],
    ['', '2026-03-06', 'closed'],
    ['', '', 'open'],
    ['Wiped', '2026-03-06', 'closed'],
    ['Stuck', '2026-03-06', 'open'],
  ])('%j closed at %j is %s', (state, closedAt, expected) => {
    const outcome = read({ state, closedAt }, { states: { Wiped: 'closed', Stuck: 'open' } });
    expect(bodyOf(outcome).imported?.state).toBe(expected);
    expect(outcome).toMatchObject({ warnings: [] });
  });

  test('an open row has no time of closing, whatever the column says', () => {
    expect(bodyOf(read({ state: 'open' })).imported).toEqual({ state: 'open', closedAt: null });
  });
});

test.each([
  ['暴露垃圾', { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '02030', name: '暴露垃圾' }],
  ['02030', { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '02030', name: '暴露垃圾' }],
  ['Graffiti', { standardRef: 'file', kind: 'other', code: 'Graffiti', name: 'Graffiti' }],
  ['x'.repeat(300), { standardRef: 'file', kind: 'other', code: 'x'.repeat(80), name: 'x'.repeat(200) }],
  ['', { standardRef: 'file', kind: 'other', code: '', name: '' }],
])('class %s', (text, expected) => {
  expect(bodyOf(read({ class: text })).classRef).toEqual(expected);
});

test.each([
  ['12345', 'hotline'],
  ['市民热线', 'hotline'],
  ['网格员', 'grid_staff'],
  ['视频巡检', 'video'],
  ['领导批示', 'leader'],
  ['小巷管家', 'lane_steward'],
  ['部门转办', 'department'],
])('source %s is %s', (text, source) => {
  expect(bodyOf(read({ source: text }))).toMatchObject({ source, extra: {} });
});

test('a source that is none of ours is kept as a fact', () => {
  expect(bodyOf(read({ source: 'Twitter' }))).toMatchObject({ source: 'import', extra: { source: 'Twitter' } });
});

test('without a text the class describes the case', () => {
  expect(bodyOf(read({ text: 'NA' })).description).toBe('上水井盖');
});

test('long texts end somewhere', () => {
  const body = bodyOf(read({ text: '井'.repeat(9_000), address: '路'.repeat(9_000), extra: 'x'.repeat(9_000) }));
  expect([body.description.length, body.address.length, body.extra['extra']?.length]).toEqual([2_000, 500, 500]);
});

test('long outside numbers stay different', () => {
  const long = 'A'.repeat(200);
  const ids = [long, `${long}1`].map((externalId) => {
    const outcome = read({ externalId });
    return outcome.ok ? outcome.command.id : '';
  });
  expect(new Set(ids).size).toBe(2);
  expect(ids.every((id) => id.length <= 80)).toBe(true);
});

test('phone and identity numbers are masked in every text, before they become a command or a remark', () => {
  const numbers = ['13812345678', '010-12345678', '110113198001011234'];
  for (const number of numbers) {
    const outcome = read({
      ...{ text: `联系${number}`, address: `${number}`, class: `类${number}`, source: `由${number}`, extra: number },
      ...{ state: `等${number}`, closedAt: `在${number}`, lon: number, lat: number },
    });
    expect(JSON.stringify(outcome)).not.toContain(number);
    expect(JSON.stringify(read({ reportedAt: number }))).not.toContain(number);
  }
});

function reader(change: Partial<ImportMapping> = {}): RowReader {
  const mapping = ImportMapping.parse({
    columns: Object.fromEntries(importFields.map((field) => [field, field])),
    missing: ['', 'NA'],
    ...change,
  });
  const columns = [...importFields, 'extra'];
  return new RowReader({ mapping, columns, readDate: dateReader('Asia/Shanghai'), classes, locate: gridAt });
}

/** The good row with some cells changed, as row 7 of its file. */
function read(change: Readonly<Record<string, string>>, mapping: Partial<ImportMapping> = {}): RowOutcome {
  const cells = [...importFields, 'extra'].map((column) => change[column] ?? goodRow[column as ImportField] ?? '');
  return reader(mapping).read({ number: 7, cells });
}

function bodyOf(outcome: RowOutcome): ReportCase {
  if (!outcome.ok || outcome.command.body.type !== 'report') throw new Error('the row was refused');
  return outcome.command.body;
}
