import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { blockedUntil } from './pin-tries.ts';

test('five wrong PINs shut out for 15 minutes, each further five for twice as long, up to an hour', () => {
  const rules = { tries: 5, blockMinutes: 15 };
  const minutes = (count: number) => {
    const until = blockedUntil(count, instant(0), rules);
    return until === null ? null : until / 60_000;
  };
  expect([1, 4, 5, 6, 9, 10, 15, 20, 25].map(minutes)).toEqual([null, null, 15, null, null, 30, 60, 60, 60]);
});
