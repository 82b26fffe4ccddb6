import { expect, test } from 'vitest';
import type { ForesightGot, ForesightItem } from '#contract/foresight.ts';
import { chanceText, expectedText, linesOf, placeOfLine, shownLines } from './foresight-lines.ts';

const named = (code: string) => ({ code, name: code });
const behind = { count: 2, cases: ['20261124000001', '20261124000002'] };
const items: ForesightItem[] = [
  {
    ...{ kind: 'burst', level: 'grid', area: named('g1'), class: { key: 'matter:06042', name: '垃圾' } },
    ...{ seen: 8, expected: 0.6, chance: 4.3e-7, backTest: null, ...behind },
  },
  {
    ...{ kind: 'spot', areas: [named('g1'), named('g2'), named('gone')], seen: 30, expected: 9, z: 5, windows: 1 },
    ...{ classes: [], ...behind },
  },
  { kind: 'repeat', class: { key: 'matter:06042', name: '垃圾' }, lon: 116.6, lat: 40.1, area: named(''), ...behind },
  { kind: 'ping_pong', a: named(''), b: named('t1'), times: 3, ...behind },
  {
    ...{ kind: 'worst_hop', unit: named('D1'), step: 'handle', medianSeconds: 1, usualSeconds: 1 },
    ...{ longestSeconds: 1, lostSeconds: 1, ...behind },
  },
];
const got = {
  items,
  chains: { cases: 8, variants: [{ path: ['district_desk', 'township'], medianSeconds: null, ...behind }] },
} as unknown as ForesightGot;

test('what happens now is in the list of all; hops and ways have lists of their own', () => {
  const lines = linesOf(got);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(6);
  expect(shownLines(lines, 'all').map(({ kind }) => kind)).toEqual(['burst', 'spot', 'repeat', 'ping_pong']);
  expect(shownLines(lines, 'worst_hop')).toHaveLength(1);
  expect(shownLines(lines, 'variant')).toMatchObject([{ share: 0.25, count: 2 }]);
});

test('the map marks the areas it knows and the point of a repeat; units and ways have none', () => {
  const isArea = (code: string) => ['g1', 'g2', 't1'].includes(code);
  expect(linesOf(got).map((line) => placeOfLine(line, isArea))).toEqual([
    { areas: ['g1'], at: null },
    { areas: ['g1', 'g2'], at: null },
    { areas: [], at: [116.6, 40.1] },
    { areas: ['t1'], at: null },
    null,
    null,
  ]);
});

test('chances are read as odds of two digits, expectations as fine as they matter', () => {
  expect(chanceText(4.3e-7)).toBe('1 : 2,300,000');
  expect(chanceText(0.04)).toBe('1 : 25');
  expect(chanceText(0)).toBe('< 1 : 1,000,000,000');
  expect([0.02, 0.64, 9.96, 123.4].map(expectedText)).toEqual(['< 0.1', '0.6', '10.0', '123']);
});
