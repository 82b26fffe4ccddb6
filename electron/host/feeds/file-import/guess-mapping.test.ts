import { expect, test } from 'vitest';
import { ImportMapping } from '#contract/imports.ts';
import { guessMapping } from './guess-mapping.ts';

test('a head in Chinese', () => {
  const columns = [
    '案件编号',
    '上报时间',
    '结案时间',
    '案件状态',
    '小类名称',
    '问题描述',
    '地址',
    '经度',
    '纬度',
    '来源',
    '小区',
  ];
  expect(guessMapping(columns)?.columns).toEqual({
    externalId: '案件编号',
    reportedAt: '上报时间',
    closedAt: '结案时间',
    state: '案件状态',
    class: '小类名称',
    text: '问题描述',
    address: '地址',
    lon: '经度',
    lat: '纬度',
    source: '来源',
  });
});

test('a head in English, whatever its case, spaces, dots and underscores', () => {
  const columns = [
    'CaseID',
    'Opened',
    'closed_date',
    'Status',
    'Category',
    'Request Details',
    'Address',
    'LONGITUDE',
    'Lat.',
  ];
  expect(guessMapping([...columns, 'Source'])?.columns).toEqual({
    externalId: 'CaseID',
    reportedAt: 'Opened',
    closedAt: 'closed_date',
    state: 'Status',
    class: 'Category',
    text: 'Request Details',
    address: 'Address',
    lon: 'LONGITUDE',
    lat: 'Lat.',
    source: 'Source',
  });
});

test('a column means one field only; what stays unknown is left out', () => {
  expect(guessMapping(['id', 'date', 'colour'])?.columns).toEqual({ externalId: 'id', reportedAt: 'date' });
});

test.each([[['colour', 'size']], [['id', 'colour']], [['date', 'colour']], [[]]])(
  'without a number or a time there is no guess: %j',
  (columns) => {
    expect(guessMapping(columns)).toBeNull();
  },
);

test('a guess is a mapping that the contract takes', () => {
  const guess = guessMapping(['编号', '时间']);
  expect(ImportMapping.parse(guess)).toEqual(guess);
});
