import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { HashIndex } from './hash-index.ts';

const hashOf = (serial: number) => createHash('sha256').update(String(serial)).digest('hex');

test('finds each of many by its digits, and none that was not added', () => {
  const index = new HashIndex();
  for (let serial = 0; serial < 50_000; serial += 1) index.add(hashOf(serial));
  for (let serial = 0; serial < 50_000; serial += 1) expect(index.flags(hashOf(serial))).toBe(0);
  for (let serial = 50_000; serial < 51_000; serial += 1) expect(index.flags(hashOf(serial))).toBeNull();
});

test('a run of digits that lies across two is none of them', () => {
  const index = new HashIndex();
  index.add(`0000${'ab'.repeat(7)}${'cd'.repeat(7)}`);
  index.add(`0000${'ab'.repeat(14)}`);
  expect(index.flags(`0000${'cd'.repeat(7)}${'ab'.repeat(7)}`)).toBeNull();
});

test('flags are kept, by the first 32 digits; those of what is not there go nowhere', () => {
  const index = new HashIndex();
  for (const serial of [1, 2, 3, 4, 5, 6]) index.add(hashOf(serial));
  index.setFlags(hashOf(2), 3);
  index.setFlags(hashOf(7), 3);
  index.add(hashOf(2));
  expect(index.flags(hashOf(2))).toBe(3);
  expect([...index.having((flags) => flags === 3)]).toEqual([hashOf(2).slice(0, 32)]);
  expect([...index.having((flags) => flags === 0)]).toHaveLength(5);
});
