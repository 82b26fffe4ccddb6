import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { sweepHourly } from './sweep-hourly.ts';

test('at the start and every hour, what is older than a day; a failure ends nothing, and nothing comes after the end', async () => {
  const clock = new ManualClock(1_800_000_000_000);
  const swept: number[] = [];
  const attachments = {
    sweep: (before: number) => {
      swept.push(clock.now() - before);
      return swept.length === 2 ? Promise.reject(new Error('EIO')) : Promise.resolve(0);
    },
  };
  const sweeping = sweepHourly({ attachments, clock, scheduler: clock, log: pinoLog('silent') });
  clock.advance(0);
  clock.advance(2 * HOUR_MS);
  expect(swept).toEqual([DAY_MS, DAY_MS, DAY_MS]);
  await sweeping.close();
  clock.advance(2 * HOUR_MS);
  expect(swept).toHaveLength(3);
});
