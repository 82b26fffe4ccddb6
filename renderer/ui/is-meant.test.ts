import { expect, test } from 'vitest';
import { isMeant } from './is-meant.ts';

const entry = { text: '井盖破损 部件 0101 公用设施', initials: 'jgps' };

test.each([
  ['', true],
  ['井盖', true],
  ['公用 0101', true],
  ['jg', true],
  ['JGPS', true],
  ['jg 部件', true],
  ['j', false],
  ['gps', false],
  ['jgx', false],
  ['井盖 路灯', false],
])('%j: %s', (typed, expected) => {
  expect(isMeant(entry, typed)).toBe(expected);
});
