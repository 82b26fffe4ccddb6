import { expect, test } from 'vitest';
import { AreaIndex } from '#domain/grid/district.ts';
import type { ForceReport } from '#domain/forces/force.ts';
import { patrolsByDefault } from '#domain/simulation/patrols.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';
import type { Forces } from '#host/ports/forces.ts';
import { morning } from '#tests/builders/cases.ts';
import { aDistrict, gridAt } from '#tests/builders/district.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { patrolFeed } from './patrol-feed.ts';

function opened(state: 'off' | 'running' | 'paused') {
  const clock = new ManualClock(morning);
  const simulation = { now: state, state: () => simulation.now };
  const reports: ForceReport[] = [];
  const forces = { report: (given: readonly ForceReport[]) => reports.push(...given) } as unknown as Forces;
  const district = { areas: new AreaIndex(aDistrict()), locate: gridAt, map: { context: null } };
  const feed = patrolFeed({
    ...{ simulation, forces, clock, scheduler: clock, seed: 3 },
    district: district as unknown as LoadedDistrict,
  });
  feed.start();
  return { clock, simulation, reports, feed };
}

test('without a simulator nobody walks', () => {
  const { clock, reports } = opened('off');
  clock.advance(120_000);
  expect(reports).toEqual([]);
});

test('with one five hundred report in half a minute, in the host’s own time', () => {
  const { clock, reports } = opened('running');
  clock.advance(35_000);
  expect(new Set(reports.map(({ id }) => id)).size).toBe(patrolsByDefault);
  expect(reports.every(({ at }) => Math.abs(at - clock.now()) < 130_000)).toBe(true);
});

test('paused nobody reports; going on, nobody sends what was between, nor after a sleep of the machine', () => {
  const { clock, simulation, reports, feed } = opened('running');
  clock.advance(35_000);
  simulation.now = 'paused';
  const before = reports.length;
  clock.advance(600_000);
  expect(reports.length).toBe(before);
  simulation.now = 'running';
  clock.advance(30_000);
  expect(reports.length - before).toBeLessThan(patrolsByDefault * 1.2);
  const awake = reports.length;
  clock.jumpTo(clock.now() + 8 * 3_600_000);
  clock.advance(30_000);
  expect(reports.length - awake).toBeLessThan(patrolsByDefault * 1.2);
  feed.close();
  const closed = reports.length;
  clock.advance(60_000);
  expect(reports.length).toBe(closed);
});
