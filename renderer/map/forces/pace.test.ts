import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { Pace } from './pace.ts';

test('the first is taken at once, of what follows the last one when the time is over', () => {
  const clock = new ManualClock(1_000);
  const taken: number[] = [];
  const pace = new Pace(200, { now: () => clock.now(), after: (ms, task) => clock.after(ms, task) }, () =>
    taken.push(clock.now()),
  );
  pace.ask();
  for (let step = 0; step < 10; step += 1) {
    clock.advance(10);
    pace.ask();
  }
  expect(taken).toEqual([1_000]);
  clock.advance(100);
  expect(taken).toEqual([1_000, 1_200]);
  clock.advance(5_000);
  expect(taken).toEqual([1_000, 1_200]);
  pace.ask();
  expect(taken).toEqual([1_000, 1_200, 6_200]);
});

test('after a stop nothing is taken', () => {
  const clock = new ManualClock(0);
  const taken: number[] = [];
  const pace = new Pace(200, { now: () => clock.now(), after: (ms, task) => clock.after(ms, task) }, () =>
    taken.push(clock.now()),
  );
  pace.ask();
  pace.ask();
  pace.stop();
  clock.advance(1_000);
  expect(taken).toEqual([0]);
});
