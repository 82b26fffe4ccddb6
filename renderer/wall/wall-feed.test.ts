import { expect, test } from 'vitest';
import type { DisplayState } from '#contract/wall.ts';
import { HostClock } from './host-clock.ts';
import { SILENT_AFTER_MS, WallFeed } from './wall-feed.ts';

const state = (id: string): DisplayState => ({
  ...{ id, isConnected: true, width: null, height: null, sight: null, plan: null, isPaused: false, place: 0 },
  shown: { scene: { kind: 'watch' }, why: 'turn', since: 0, until: null, by: null, replaced: null },
});

function feedAt() {
  const machine = { ms: 0 };
  const steady = () => machine.ms;
  return { machine, feed: new WallFeed('left', new HostClock(steady), steady) };
}

const beat = (hostTime: number) => ({ kind: 'beat', hostTime, isArchiveDown: false }) as const;

test('only its own display counts', () => {
  const { feed } = feedAt();
  feed.apply([{ kind: 'display', state: state('right') }]);
  expect(feed.sight.display).toBeNull();
  feed.apply([{ kind: 'display', state: state('left') }]);
  expect(feed.sight.display?.id).toBe('left');
});

test('time runs on between beats, and stands still at the last one when the host is not heard', () => {
  const { machine, feed } = feedAt();
  expect([feed.now(), feed.isSilent()]).toEqual([null, false]);
  feed.apply([beat(1_000_000)]);
  machine.ms = SILENT_AFTER_MS;
  expect([feed.now(), feed.isSilent()]).toEqual([1_000_000 + SILENT_AFTER_MS, false]);
  machine.ms += 1;
  expect([feed.now(), feed.isSilent()]).toEqual([1_000_000, true]);
  feed.apply([beat(1_020_000)]);
  expect(feed.isSilent()).toBe(false);
});

test('one beat that came late does not move the clock', () => {
  const machine = { ms: 0 };
  const clock = new HostClock(() => machine.ms);
  for (const lateMs of [0, 2, 1, 900, 0]) {
    machine.ms += 1_000;
    clock.note(5_000_000 + machine.ms - lateMs);
  }
  expect(clock.now()).toBe(5_000_000 + machine.ms - 1);
});
