import { expect, it } from 'vitest';
import { ManualScheduler } from '#tests/conformance/projection/manual-scheduler.ts';
import { CHECKPOINT_ENTRIES, CHECKPOINT_INTERVAL_MS, CheckpointTiming } from './checkpoint-timing.ts';

it('is due after the interval, if something changed since the last one', () => {
  const scheduler = new ManualScheduler();
  let calls = 0;
  const timing = new CheckpointTiming(scheduler, () => (calls += 1));
  timing.restart(10);
  expect([timing.isDue(10), scheduler.nextInMs]).toEqual([false, null]);
  expect([timing.isDue(11), scheduler.nextInMs]).toEqual([false, CHECKPOINT_INTERVAL_MS]);
  scheduler.advance(CHECKPOINT_INTERVAL_MS - 1);
  expect([timing.isDue(12), calls]).toEqual([false, 0]);
  scheduler.advance(1);
  expect([timing.isDue(12), calls]).toEqual([true, 1]);
  timing.restart(12);
  expect([timing.isDue(12), timing.isDue(13)]).toEqual([false, false]);
});

it('is due after so many entries, and after more when the last one held many', () => {
  const timing = new CheckpointTiming(new ManualScheduler(), () => undefined);
  expect([timing.isDue(CHECKPOINT_ENTRIES - 1), timing.isDue(CHECKPOINT_ENTRIES)]).toEqual([false, true]);
  timing.restart(1_000_000);
  expect([timing.isDue(1_249_999), timing.isDue(1_250_000)]).toEqual([false, true]);
});

it('does not speak after it was stopped', () => {
  const scheduler = new ManualScheduler();
  const timing = new CheckpointTiming(scheduler, () => expect.unreachable());
  timing.isDue(1);
  timing.stop();
  expect(scheduler.nextInMs).toBeNull();
});
