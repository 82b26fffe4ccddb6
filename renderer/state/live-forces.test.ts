import { expect, test } from 'vitest';
import type { ForceBatch } from '#contract/forces.ts';
import { packPeople, packPlaces } from '#contract/packed-forces.ts';
import { instant } from '#domain/base/instant.ts';
import type { ForcePosition } from '#domain/forces/force.ts';
import { LiveForces } from './live-forces.ts';

const asOf = Date.parse('2026-11-30T02:00:00Z');
const minute = 60_000;

function person(slot: number, change: Partial<ForcePosition> = {}): ForcePosition {
  return {
    ...{ slot, id: `g-${slot}`, kind: 'grid_staff', unit: '110113106', lon: 116 + slot / 10, lat: 40.13 },
    ...{ at: instant(asOf), marks: [], isDemo: false, ...change },
  };
}

function batch(people: readonly ForcePosition[], moved = people, gone: readonly number[] = [], at = asOf): ForceBatch {
  return {
    ...{ asOf: at, limits: { oldMs: 5 * minute, silentMs: 30 * minute, isPlaceholder: true } },
    tally: { taken: moved.length, older: 0, refused: 0, dropped: 0 },
    ...{ people: packPeople(people), moved: packPlaces(moved, instant(at)), gone: [...gone] },
  };
}

function shown(live: LiveForces, now = asOf) {
  const { count, positions, kinds, ages } = live.field(now);
  return Array.from({ length: count }, (_, index) => [positions[2 * index], kinds[index], ages[index]]);
}

test('everybody, then who moves; kinds and ages stay the same objects while they are right', () => {
  const live = new LiveForces();
  live.apply(batch([person(0), person(1, { kind: 'vehicle', at: instant(asOf - 6 * minute) })]));
  expect(shown(live)).toEqual([
    [116, 0, 0],
    [116.1, 2, 1],
  ]);
  const before = live.field(asOf);
  live.apply(batch([], [person(0, { lon: 116.5 })]));
  const after = live.field(asOf);
  expect(after.positions[0]).toBe(116.5);
  expect(before.positions[0], 'the field before stays as it was').toBe(116);
  expect([after.kinds === before.kinds, after.ages === before.ages]).toEqual([true, true]);
});

test('positions grow old and silent by themselves', () => {
  const live = new LiveForces();
  live.apply(batch([person(0)]));
  const ages = [0, 6, 31].map((minutes) => shown(live, asOf + minutes * minute)[0]?.[2]);
  expect(ages).toEqual([0, 1, 2]);
});

test('only kinds that are switched on are in the field, and its places lead to the person', () => {
  const live = new LiveForces();
  live.apply(batch([person(0), person(1, { kind: 'vehicle' }), person(2, { kind: 'lane_steward' })]));
  live.show(['vehicle', 'laneSteward']);
  expect(shown(live).map(([, kind]) => kind)).toEqual([2, 1]);
  expect([live.at(0)?.id, live.at(1)?.id, live.at(2)]).toEqual(['g-1', 'g-2', undefined]);
});

test('who is gone leaves, whoever is not known is not drawn, and a reset begins anew', () => {
  const live = new LiveForces();
  live.apply(batch([person(0), person(1)]));
  live.apply(batch([], [person(9)], [0]));
  expect(shown(live)).toEqual([[116.1, 0, 0]]);
  expect(live.status).toMatchObject({ asOf, count: 1, hasDemo: false });
  live.reset();
  expect(shown(live)).toEqual([]);
  expect(live.status.asOf).toBeNull();
});

test('somebody of demo data is said to be, also when only others move', () => {
  const live = new LiveForces();
  live.apply(batch([person(0, { isDemo: true }), person(1)]));
  live.apply(batch([], [person(1, { lon: 116.3 })]));
  expect(live.status.hasDemo).toBe(true);
  expect(live.bySlot(1)).toMatchObject({ lon: 116.3, isDemo: false });
});

test('25,000 people take one field of arrays, used in turn', () => {
  const live = new LiveForces();
  const all = Array.from({ length: 25_000 }, (_, slot) => person(slot, { lon: 116 + slot / 1e5 }));
  live.apply(batch(all));
  const [first, second, third] = [live.field(asOf), live.field(asOf), live.field(asOf)];
  expect(first.count).toBe(25_000);
  expect(first.positions).not.toBe(second.positions);
  expect(third.positions).toBe(first.positions);
});
