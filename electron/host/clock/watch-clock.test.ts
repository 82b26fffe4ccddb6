import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import { morning } from '#tests/builders/cases.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { watchClock } from './watch-clock.ts';

function watched(lastRecordedAt = 0) {
  const clock = new ManualClock(morning);
  const health = new HealthRegister(clock);
  const logged: unknown[] = [];
  const log = { debug: () => {}, info: () => {}, error: () => {}, warn: (...words: unknown[]) => logged.push(words) };
  let planned = 0;
  const watch = watchClock({
    ...{ clock, scheduler: clock, health, log, lastRecordedAt },
    elapsedMs: () => clock.elapsedMs(),
    onJump: () => void (planned += 1),
  });
  return { clock, health, logged, watch, planned: () => planned };
}

test('a clock that runs, or is moved by a minute, is nothing to tell', () => {
  const { clock, health } = watched();
  clock.advance(2 * DAY_MS);
  clock.jumpTo(clock.now() + MINUTE_MS);
  clock.advance(MINUTE_MS);
  clock.jumpTo(clock.now() - MINUTE_MS);
  clock.advance(MINUTE_MS);
  expect(health.list()).toEqual([]);
});

test('a jump of more than a minute is on the screens and in the log, each with its size', () => {
  const { clock, health, logged, planned } = watched();
  clock.jumpTo(clock.now() - HOUR_MS - 61_000);
  clock.advance(5_000);
  const told = (by: string, count: string) => [{ code: 'clock_jumped', severity: 'warning', detail: { by, count } }];
  expect(health.list()).toMatchObject(told('-1:01:01', '1'));
  clock.jumpTo(clock.now() + DAY_MS);
  clock.advance(5_000);
  expect(health.list()).toMatchObject(told('+24:00:00', '2'));
  expect([logged.length, planned()]).toEqual([2, 2]);
});

test('a clock that was set back while no host ran is noticed at the start', () => {
  const { health } = watched(morning + HOUR_MS);
  expect(health.list()).toMatchObject([{ code: 'clock_jumped', detail: { by: '-1:00:00', count: '1' } }]);
});

test('closed, it looks no more', () => {
  const { clock, health, watch } = watched();
  watch.close();
  clock.jumpTo(clock.now() + DAY_MS);
  clock.advance(MINUTE_MS);
  expect(health.list()).toEqual([]);
});
