import { expect, test } from 'vitest';
import type { CaseChain, ChainStep } from '#domain/metrics/chain-log.ts';
import { mineChains } from './chains.ts';
import { finish } from './steps.ts';

/** Hops of a unit and a step, each an hour long but where told. */
function chain(
  row: number,
  hops: readonly (readonly [unit: number, step: ChainStep, hours?: number])[],
  isOpen = false,
): CaseChain {
  let from = 0;
  return {
    row,
    hops: hops.map(([unit, step, hours = 1], at) => {
      const hop = { unit, step, from, to: isOpen && at === hops.length - 1 ? null : from + hours * 3_600 };
      from += hours * 3_600;
      return hop;
    }),
  };
}

const kindOf = (unit: number) => (unit === 0 ? 'desk' : unit < 10 ? 'township' : 'department');
const usual = (row: number, unit: number, hours = 1) =>
  chain(row, [
    [0, 'register'],
    [0, 'dispatch'],
    [unit, 'accept'],
    [unit, 'handle', hours],
    [0, 'check'],
    [0, 'close'],
  ]);

test('variants are ways through kinds of units, the most taken first, with the median time of those that ended', () => {
  const open = chain(
    4,
    [
      [0, 'register'],
      [12, 'accept'],
    ],
    true,
  );
  const { variants, cases } = finish(mineChains([usual(1, 1), usual(2, 2, 3), usual(3, 11), open], kindOf, 36_000));
  expect(cases).toBe(4);
  expect(variants).toEqual([
    { path: ['desk', 'township', 'desk'], rows: [1, 2], medianSeconds: 7 * 3_600 },
    { path: ['desk', 'department', 'desk'], rows: [3], medianSeconds: 6 * 3_600 },
    { path: ['desk', 'department'], rows: [4], medianSeconds: null },
  ]);
});

test('to and fro between two units is found, the usual way by the desk is not', () => {
  const toAndFro = chain(5, [
    [0, 'dispatch'],
    [1, 'accept'],
    [11, 'accept'],
    [1, 'returned'],
    [11, 'accept'],
    [1, 'handle'],
    [0, 'check'],
  ]);
  const sentBack = chain(6, [
    [0, 'dispatch'],
    [2, 'accept'],
    [0, 'returned'],
    [2, 'accept'],
    [0, 'check'],
  ]);
  const { pingPongs } = finish(mineChains([usual(1, 1), toAndFro, sentBack, { ...toAndFro, row: 7 }], kindOf, 0));
  expect(pingPongs).toEqual([
    { a: 1, b: 11, rows: [5, 7], times: 6 },
    { a: 0, b: 2, rows: [6], times: 1 },
  ]);
});

test('the worst hop is the one that cost most time beyond the usual; it names the slowest cases; 挂账 is nobody’s delay', () => {
  const chains = [usual(1, 1), usual(2, 1), usual(3, 2), usual(4, 3, 9), usual(5, 3, 30)];
  const waiting = chain(6, [
    [0, 'register'],
    [4, 'handle'],
    [4, 'suspended', 999],
    [4, 'handle'],
  ]);
  const open = chain(7, [[5, 'handle']], true);
  const { dwells } = finish(mineChains([...chains, waiting, open], kindOf, 2 * 3_600));
  expect(dwells[0]).toEqual({
    ...{ unit: 3, step: 'handle', rows: [5, 4], medianSeconds: 19.5 * 3_600, longestSeconds: 30 * 3_600 },
    // Of eight stays five are an hour.
    ...{ usualSeconds: 3_600, lostSeconds: 37 * 3_600 },
  });
  expect(dwells.some(({ step }) => step === 'suspended')).toBe(false);
  expect(dwells.find(({ unit }) => unit === 5)).toMatchObject({ longestSeconds: 2 * 3_600 });
});
