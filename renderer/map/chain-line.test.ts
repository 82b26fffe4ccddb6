import { expect, test } from 'vitest';
import { controlPoint, onCurve, placeChain, type ChainStop } from './chain-line.ts';

const project = (lon: number, lat: number) => ({ x: lon, y: lat });
const stop = (label: string, lon: number, change: Partial<ChainStop> = {}): ChainStop => ({
  ...{ label, position: [lon, 0], isCurrent: false, isReturn: false },
  ...change,
});

test('a way back runs on the other side of the way there', () => {
  const there = controlPoint({ x: 0, y: 0 }, { x: 100, y: 0 });
  const back = controlPoint({ x: 100, y: 0 }, { x: 0, y: 0 });
  expect([there.x, there.y]).toEqual([50, -32]);
  expect([back.x, back.y]).toEqual([50, 32]);
});

test('a curve begins and ends at its stops and points along its way', () => {
  const hop = { from: { x: 0, y: 0 }, control: { x: 50, y: -32 }, to: { x: 100, y: 0 }, isReturn: false };
  expect(onCurve(hop, 0)).toMatchObject({ x: 0, y: 0 });
  expect(onCurve(hop, 1)).toMatchObject({ x: 100, y: 0 });
  expect(onCurve(hop, 0.5)).toMatchObject({ x: 50, y: -16, angle: 0 });
});

test('several hops of one unit are one stop with all its numbers; staying in place draws no line', () => {
  const chain = [
    stop('desk', 0),
    stop('town', 100),
    stop('town office', 102),
    stop('village', 200, { isReturn: true }),
    stop('town', 100, { isCurrent: true }),
  ];
  const { hops, places } = placeChain(chain, project);
  expect(places.map(({ text, isCurrent }) => [text, isCurrent])).toEqual([
    ['1 desk', false],
    ['2·3·5 town', true],
    ['4 village', false],
  ]);
  expect(hops.map(({ from, to, isReturn }) => [from.x, to.x, isReturn])).toEqual([
    [0, 100, false],
    [102, 200, false],
    [200, 100, true],
  ]);
});

test('no stops, nothing drawn', () => {
  expect(placeChain([], project)).toEqual({ hops: [], places: [] });
});
