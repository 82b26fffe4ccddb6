import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { schemeOf } from '#domain/reference/scoring-table.ts';
import { checkTables, someTables } from '#tests/builders/tables.ts';
import { figureOf, type IndicatorId } from './indicators.ts';
import { rank, wilson, type Scored } from './scoring.ts';

const day = '2026-10-31';
const weights = [
  { scheme: 'S1', part: 'weight', id: 'response_rate', value: 0.3 },
  { scheme: 'S1', part: 'weight', id: 'resolution_rate', value: 0.35 },
  { scheme: 'S1', part: 'weight', id: 'satisfaction_rate', value: 0.35 },
];

function subject(of: string, ...shares: readonly (readonly [n: number, d: number])[]): Scored {
  const ids: readonly IndicatorId[] = ['response_rate', 'resolution_rate', 'satisfaction_rate', 'self_found_rate'];
  return { of, figures: new Map(shares.map(([n, d], at) => [ids[at] ?? 'file_rate', figureOf(n, d)])) };
}

function scheme(...more: readonly Record<string, string | number>[]) {
  const made = someTables({ scoring: [...weights, ...more] }).scoring(day);
  if (made === null) throw new Error('the scheme has weights');
  return made;
}

test('a score is worked out as on paper: 0.30 × 1,575/1,580 + 0.35 × 1,033/1,066 + 0.35 × 1,038/1,066', () => {
  const [own] = rank(scheme(), [subject('a', [1_575, 1_580], [1_033, 1_066], [1_038, 1_066])]);
  // 29.905 + 33.917 + 34.081
  expect(own?.score).toBeCloseTo(97.902, 3);
});

test('the interval of a share is that of Wilson, also at its ends', () => {
  // 81 of 263 at 95 %: 0.2553 to 0.3662, the example of Newcombe (1998)
  const known = wilson(81, 263, 1.96);
  expect([known?.low.toFixed(4), known?.high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
  expect(wilson(10, 10)).toMatchObject({ high: 1 });
  expect(wilson(10, 10)?.low).toBeLessThan(0.8);
  expect(wilson(0, 0)).toBeNull();
});

test('small counts have wide bands and are not certain, nothing over nothing has no rank', () => {
  const own = scheme({ scheme: 'S1', part: 'small', id: 'answers', value: 300 });
  const ranks = rank(own, [
    subject('large', [980, 1_000], [950, 1_000], [950, 1_000]),
    subject('low', [900, 1_000], [800, 1_000], [800, 1_000]),
    subject('small', [20, 20], [19, 20], [18, 20]),
    subject('none', [0, 0], [0, 0], [0, 0]),
  ]);
  expect(ranks.map(({ of, rank: at, bandFrom, bandTo, isSmall }) => [of, at, bandFrom, bandTo, isSmall])).toEqual([
    ['large', 1, 1, 2, false],
    ['small', 2, 1, 2, true],
    ['low', 3, 3, 3, false],
    ['none', null, null, null, true],
  ]);
});

test('equal scores share a rank; bonus points and grades come on top', () => {
  const own = scheme(
    { scheme: 'S1', part: 'bonus', id: 'self_found_rate', value: 0.6, points: 2 },
    { scheme: 'S1', part: 'grade', id: 'good', value: 90, zh: '良好' },
    { scheme: 'S1', part: 'grade', id: 'pass', value: 0, zh: '合格' },
  );
  const ranks = rank(own, [
    subject('a', [90, 100], [89, 100], [89, 100], [1, 10]),
    subject('b', [90, 100], [89, 100], [89, 100], [1, 10]),
    subject('c', [90, 100], [89, 100], [89, 100], [6, 10]),
  ]);
  expect(ranks.map(({ of, rank: at, grade }) => [of, at, grade])).toEqual([
    ['c', 1, 'good'],
    ['a', 2, 'pass'],
    ['b', 2, 'pass'],
  ]);
  expect((ranks[0]?.score ?? 0) - (ranks[1]?.score ?? 0)).toBeCloseTo(2, 9);
});

test('of subjects with known true shares nine in ten true scores lie in their intervals', () => {
  const own = scheme();
  const random = new Random(5);
  let inside = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const [size, truth] = [random.integer(100, 400), 0.85];
    const draw = () => Array.from({ length: size }, () => random.chance(truth)).filter(Boolean).length;
    const [one] = rank(own, [subject('a', [draw(), size], [draw(), size], [draw(), size])]);
    inside += Number((one?.low ?? 101) <= truth * 100 && truth * 100 <= (one?.high ?? -1));
  }
  expect(inside / 2_000).toBeGreaterThan(0.88);
  expect(inside / 2_000).toBeLessThan(0.93);
});

test('weights that do not add up to 1 are refused with row, day and sum', () => {
  const problems = (...rows: readonly Record<string, string | number>[]) =>
    checkTables({ scoring: rows }).problems.map(({ row, column, code, detail }) => ({ row, column, code, detail }));
  expect(problems(...weights)).toEqual([]);
  expect(problems(...weights.slice(1))).toEqual([
    { row: 2, column: 'value', code: 'weights_sum', detail: { sum: '0.7', day: '0000-01-01', scheme: 'S1' } },
  ]);
  const replaced = weights.map((row, at) => (at === 0 ? { ...row, to: '2026-07-01' } : row));
  expect(problems(...replaced, { ...weights[0], value: 0.2, from: '2026-07-01' })).toEqual([
    { row: 3, column: 'value', code: 'weights_sum', detail: { sum: '0.9', day: '2026-07-01', scheme: 'S1' } },
  ]);
  expect(problems({ scheme: 'S1', part: 'weight', id: 'avg_handle_time', value: 1 })).toMatchObject([
    { row: 2, column: 'id', code: 'not_allowed' },
  ]);
});

test('without weights in force there is no scheme', () => {
  expect(schemeOf([], day)).toBeNull();
  expect(someTables({ scoring: weights.map((row) => ({ ...row, from: '2026-11-01' })) }).scoring(day)).toBeNull();
});
