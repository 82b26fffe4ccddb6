import { expect, test } from 'vitest';
import { chainLines, curve, type ChainStop } from './chain-line.ts';

const a: ChainStop = { label: 'a', position: [116, 40], isCurrent: false, isReturn: false };
const b: ChainStop = { label: 'b', position: [116.4, 40], isCurrent: true, isReturn: false };

test('a curve begins and ends at its places and lies to the left of its way', () => {
  const there = curve([116, 40], [116.4, 40]);
  expect(there[0]).toEqual([116, 40]);
  expect(there.at(-1)?.map((value) => value.toFixed(9))).toEqual(['116.400000000', '40.000000000']);
  expect(there[12]?.[1]).toBeGreaterThan(40.01);
  expect(curve([116.4, 40], [116, 40])[12]?.[1]).toBeLessThan(39.99);
});

test('one line a hop, none for a hop in place, the way back marked', () => {
  const lines = chainLines([a, { ...b, isReturn: true }, a, a]);
  expect(lines.map(({ properties }) => properties.isReturn)).toEqual([false, true]);
});
