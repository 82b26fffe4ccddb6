import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import type { ForceReport } from '#domain/forces/force.ts';
import type { ForceChanges } from '#host/ports/forces.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { openForces } from './live-forces.ts';

const start = Date.parse('2026-11-30T02:00:00Z');

function opened() {
  const clock = new ManualClock(start);
  const forces = openForces({ clock, scheduler: clock });
  const heard: ForceChanges[] = [];
  forces.onMoved((changes) => heard.push(changes));
  const report = (...changes: readonly Partial<ForceReport>[]) =>
    forces.report(
      changes.map((change) => ({
        ...{ id: 'g-1', kind: 'grid_staff', unit: '110113106', lon: 116.65, lat: 40.13, isDemo: false },
        at: clock.now(),
        ...change,
      })),
    );
  return { clock, forces, heard, report };
}

test('a thousand reports in a second go out in five batches, each person once', () => {
  const { clock, heard, report } = opened();
  for (let index = 0; index < 1_000; index += 1) {
    report({ id: `g-${index % 10}`, lon: 116.65 + index / 1e6 });
    clock.advance(1);
  }
  clock.advance(250);
  expect(heard.map(({ moved }) => moved.length)).toEqual([1, 10, 10, 10, 10]);
  expect(heard.at(-1)?.moved.at(-1)?.lon).toBe(116.65 + 999 / 1e6);
});

test('nothing new, nothing said', () => {
  const { clock, heard, report } = opened();
  report({});
  clock.advance(10_000);
  expect(heard).toHaveLength(1);
  report({ at: instant(start - 1_000) });
  clock.advance(10_000);
  expect(heard).toHaveLength(1);
});

test('a lump in any order moves the dot once, with answers in the order of its rows', () => {
  const { clock, forces, heard, report } = opened();
  const at = (seconds: number) => instant(start + seconds * 1_000);
  clock.advance(60_000);
  report({ at: at(25) });
  expect(report({ at: at(40) }, { at: at(20) }, { at: at(30) })).toEqual(['taken', 'older', 'taken']);
  clock.advance(250);
  expect(heard).toHaveLength(2);
  expect(heard[1]?.moved).toMatchObject([{ at: at(40) }]);
  expect(forces.track('g-1')?.map((point) => point.at)).toEqual([at(25), at(30), at(40)]);
  expect(forces.tally()).toEqual({ taken: 3, older: 1, refused: 0, dropped: 0 });
});

test('what is lost is counted', () => {
  const { forces, report } = opened();
  report({}, { at: instant(start - 7_200_000) }, { kind: 'vehicle' });
  forces.count({ refused: 3 });
  forces.count({ dropped: 5 });
  expect(forces.tally()).toEqual({ taken: 1, older: 0, refused: 5, dropped: 5 });
});

test('who is not heard of for twelve hours is said to be gone', () => {
  const { clock, forces, heard, report } = opened();
  report({});
  clock.advance(13 * 3_600_000);
  expect(heard.at(-1)).toEqual({ moved: [], gone: [0] });
  expect(forces.all()).toEqual([]);
});

test('closed, it plans nothing more', () => {
  const { clock, forces, heard, report } = opened();
  report({});
  report({ lon: 116.7, at: instant(start) });
  forces.close();
  clock.advance(60_000);
  expect(heard).toHaveLength(1);
});
