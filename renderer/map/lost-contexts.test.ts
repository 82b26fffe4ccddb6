import { expect, test } from 'vitest';
import { LostContexts } from './lost-contexts.ts';

const MINUTE = 60_000;

test('the third loss within ten minutes is told as a failure, and tried again after a minute', () => {
  const losses = new LostContexts();
  expect(losses.note(0)).toEqual({ status: 'lost', waitMs: 400 });
  expect(losses.note(5 * MINUTE)).toEqual({ status: 'lost', waitMs: 400 });
  expect(losses.note(9 * MINUTE)).toEqual({ status: 'failed', waitMs: MINUTE });
});

test('losses long ago do not count: a wall that stands for months goes on', () => {
  const losses = new LostContexts();
  for (let day = 0; day < 100; day += 1) expect(losses.note(day * 24 * 60 * MINUTE).status).toBe('lost');
});
