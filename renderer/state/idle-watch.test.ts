import { expect, test } from 'vitest';
import { IdleWatch } from './idle-watch.ts';

function windows() {
  const kept = new Map<string, string>();
  const shared = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  const clock = { now: 1_000_000 };
  const open = () => new IdleWatch(shared, () => clock.now);
  return { clock, open };
}

test('idle is how long nobody used any window of the desk', () => {
  const { clock, open } = windows();
  const [one, other] = [open(), open()];
  clock.now += 60_000;
  expect([one.idleMs(), other.idleMs()]).toEqual([60_000, 60_000]);
  one.touch();
  clock.now += 1_000;
  expect([one.idleMs(), other.idleMs()]).toEqual([1_000, 1_000]);
});

test('while somebody goes on typing the other windows stay awake, within some seconds', () => {
  const { clock, open } = windows();
  const [one, other] = [open(), open()];
  for (let second = 0; second < 120; second += 1) {
    clock.now += 1_000;
    one.touch();
    expect(other.idleMs()).toBeLessThanOrEqual(6_000);
  }
});

test('a clock that is set back makes nobody busy for long, nor idle', () => {
  const { clock, open } = windows();
  const [one, other] = [open(), open()];
  clock.now += 3_600_000;
  one.touch();
  clock.now -= 3_600_000;
  expect(other.idleMs()).toBe(0);
  clock.now += 10_000;
  expect(other.idleMs()).toBe(10_000);
});
