import { expect, test } from 'vitest';
import { HOUR_MS, plus } from '#domain/base/instant.ts';
import { morning } from '#tests/builders/cases.ts';
import { REVEALS_PER_HOUR, RevealLimit } from './reveal-limit.ts';

function limitAt(past: readonly { principal: string; at: number }[] = []) {
  let now = morning;
  return { limit: new RevealLimit({ now: () => now }, past), wait: (ms: number) => (now = plus(now, ms)) };
}

test('one account has so many an hour; another has its own, and after the hour there are new ones', () => {
  const { limit, wait } = limitAt();
  const taken = Array.from({ length: REVEALS_PER_HOUR + 1 }, () => limit.take('desk-1') !== null);
  expect(taken.filter(Boolean)).toHaveLength(REVEALS_PER_HOUR);
  expect(taken.at(-1)).toBe(false);
  expect(limit.take('desk-2')).not.toBeNull();
  wait(HOUR_MS);
  expect(limit.take('desk-1')).not.toBeNull();
});

test('one that showed nothing is given back', () => {
  const { limit } = limitAt();
  for (let count = 0; count < REVEALS_PER_HOUR; count += 1) limit.take('desk-1')?.();
  expect(limit.take('desk-1')).not.toBeNull();
});

test('what the journal tells of the last hour counts after a restart', () => {
  const past = Array.from({ length: REVEALS_PER_HOUR }, (_, index) => ({ principal: 'desk-1', at: morning - index }));
  const { limit } = limitAt(past);
  expect(limit.take('desk-1')).toBeNull();
});
