import { expect, test } from 'vitest';
import { attentionLevel } from './attention-level.ts';

const start = 1_000_000;
const facts = { dueAt: start + 1_000, clockStartedAt: start, returnCount: 0, openSupervisions: 0, isUrgent: false };

test('超期 after the end, 临期 in the last fifth, then supervision and repeated returns (desk-wall-briefing.md §3)', () => {
  expect(attentionLevel(facts, start + 799)).toBeNull();
  expect(attentionLevel(facts, start + 800)).toBe(3);
  expect(attentionLevel(facts, start + 1_000)).toBe(3);
  expect(attentionLevel(facts, start + 1_001)).toBe(2);
  expect(attentionLevel({ ...facts, dueAt: null, returnCount: 1 }, start)).toBeNull();
  expect(attentionLevel({ ...facts, dueAt: null, returnCount: 2 }, start)).toBe(4);
  expect(attentionLevel({ ...facts, openSupervisions: 1 }, start)).toBe(4);
});

test('an urgent class past its limit is the highest level, and only then', () => {
  expect(attentionLevel({ ...facts, isUrgent: true }, start)).toBeNull();
  expect(attentionLevel({ ...facts, isUrgent: true }, start + 900)).toBe(3);
  expect(attentionLevel({ ...facts, isUrgent: true, openSupervisions: 1 }, start + 1_001)).toBe(1);
});
