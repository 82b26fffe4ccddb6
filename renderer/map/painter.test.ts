import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { Painter } from './painter.ts';

/** A canvas whose steps are let on one by one. */
function anEasel({ slow = false } = {}) {
  const clock = new ManualClock(1_000);
  const said: string[] = [];
  const open: (() => void)[] = [];
  const step = (name: string) =>
    new Promise<void>((resolve) => {
      open.push(() => {
        said.push(name);
        resolve();
      });
    });
  const painter = new Painter({
    canvas: () => ({
      painted: () => step('painted'),
      settled: () => step('settled'),
      finished: () => step('finished'),
    }),
    prepare: (hasTime) => {
      said.push(hasTime ? 'prepare all' : 'prepare');
      return slow && hasTime;
    },
    shown: () => said.push('shown'),
    now: () => clock.now(),
    after: (delayMs, task) => clock.after(delayMs, task),
  });
  /** Lets the next step end after some time. */
  const next = async (afterMs = 0) => {
    clock.advance(afterMs);
    open.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { clock, said, painter, next };
}

test('the next picture waits until the last one was at most three hundredths of the time', async () => {
  const { clock, said, painter, next } = anEasel();
  painter.request(false);
  clock.advance(0);
  await next(60);
  await next(40);
  expect(said.splice(0)).toEqual(['prepare all', 'painted', 'shown', 'finished']);
  painter.request(false);
  painter.request(false);
  clock.advance(3_200);
  expect(said).toEqual([]);
  clock.advance(40);
  expect(said).toEqual(['prepare all']);
  expect(painter.count).toBe(2);
});

test('a forced picture comes at once, and does not wait for the cost of the one before', async () => {
  const { clock, said, painter, next } = anEasel({ slow: true });
  painter.request(true);
  clock.advance(0);
  await next(10);
  expect(said.splice(0)).toEqual(['prepare all', 'painted', 'shown']);
  painter.request(false);
  clock.advance(0);
  expect(said).toEqual([]);
  painter.request(true);
  clock.advance(0);
  expect(said.splice(0)).toEqual(['prepare all']);
});

test('what is asked for while a picture is painted comes after it', async () => {
  const { clock, said, painter, next } = anEasel();
  painter.request(true);
  clock.advance(0);
  painter.request(true);
  clock.advance(1_000);
  expect(said.splice(0)).toEqual(['prepare all']);
  await next();
  clock.advance(0);
  expect(said.splice(0)).toEqual(['painted', 'shown', 'prepare all']);
});

test('slow parts are renewed more rarely the longer they take', async () => {
  const { clock, said, painter, next } = anEasel({ slow: true });
  painter.request(false);
  clock.advance(0);
  for (const ms of [1, 1, 498, 0]) await next(ms);
  expect(said.splice(0)).toEqual(['prepare all', 'painted', 'shown', 'finished', 'settled', 'finished']);
  painter.request(false);
  clock.advance(100);
  expect(said.splice(0)).toEqual(['prepare']);
  await next(1);
  await next(1);
  clock.advance(30_000);
  said.splice(0);
  painter.request(false);
  clock.advance(0);
  expect(said).toEqual(['prepare all']);
});

test('after the canvas is gone nothing of the old picture is told', async () => {
  const { clock, said, painter, next } = anEasel();
  painter.request(true);
  clock.advance(0);
  painter.drop();
  await next();
  expect(said).toEqual(['prepare all', 'painted']);
  painter.request(true);
  clock.advance(0);
  expect(said.at(-1)).toBe('prepare all');
});
