import { expect, test } from 'vitest';
import { Random } from '#domain/base/random.ts';
import { chanceOfSoMany, falseDiscoveryLimit, normalTail } from './chance.ts';

test('chances of counts are those of the tables, however far out', () => {
  // 1 − Σ e^-μ μ^k / k!, worked by hand for μ = 2: 1 − e^-2 (1 + 2 + 2).
  expect(chanceOfSoMany(3, 2, 2)).toBeCloseTo(1 - Math.exp(-2) * 5, 12);
  expect(chanceOfSoMany(1, 0.05, 0.05)).toBeCloseTo(1 - Math.exp(-0.05), 12);
  // Size 1 is geometric: P(Y ≥ y) = share^y with share = μ / (μ + 1).
  expect(chanceOfSoMany(7, 3, 12)).toBeCloseTo(0.75 ** 7, 12);
  expect(chanceOfSoMany(40, 0.1, 0.1)).toBeGreaterThan(0);
  expect(chanceOfSoMany(40, 0.1, 0.1)).toBeLessThan(1e-80);
  expect(chanceOfSoMany(0, 5, 5)).toBe(1);
  expect(chanceOfSoMany(2, 0, 0)).toBe(0);
  expect(chanceOfSoMany(5_000, 5_000, 5_000)).toBeCloseTo(0.5, 1);
});

test('the tail of the normal distribution to seven digits, near and far', () => {
  const known = [
    [0, 0.5],
    [1, 0.158_655_253_9],
    [1.96, 0.024_997_895_1],
    [3, 1.349_898_031_6e-3],
    [6, 9.865_876_450e-10],
  ] as const;
  for (const [z, tail] of known) expect(normalTail(z) / tail).toBeCloseTo(1, 7);
  expect(normalTail(-1)).toBeCloseTo(1 - 0.158_655_253_9, 9);
});

test('of what is found at most the share asked for is false, and true ones are found', () => {
  const random = new Random(3);
  let [falseShare, missed] = [0, 0];
  const rounds = 300;
  for (let round = 0; round < rounds; round += 1) {
    const nothing = Array.from({ length: 190 }, () => normalTail(random.normal()));
    const something = Array.from({ length: 10 }, () => normalTail(random.normal() + 4));
    const limit = falseDiscoveryLimit([...nothing, ...something], 0.1);
    const [wrong, right] = [nothing, something].map((all) => all.filter((chance) => chance <= limit).length);
    falseShare += (wrong ?? 0) / Math.max(1, (wrong ?? 0) + (right ?? 0)) / rounds;
    missed += (10 - (right ?? 0)) / 10 / rounds;
  }
  expect(falseShare).toBeLessThan(0.11);
  expect(missed).toBeLessThan(0.3);
  expect(falseDiscoveryLimit([0.5, 0.9], 0.05)).toBe(0);
});
