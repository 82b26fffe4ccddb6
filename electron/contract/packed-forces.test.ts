import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import type { ForcePosition } from '#domain/forces/force.ts';
import { ForceBatch } from './forces.ts';
import { mergeBatches, packPeople, packPlaces, unpackPeople, unpackPlaces } from './packed-forces.ts';

const asOf = instant(Date.parse('2026-11-30T02:00:00Z'));

function position(slot: number, change: Partial<ForcePosition> = {}): ForcePosition {
  return {
    ...{ slot, id: `g-${slot}`, kind: 'grid_staff', unit: '110113106', lon: 116.65 + slot / 100, lat: 40.13 },
    ...{ at: instant(asOf - slot * 1_000), marks: [], isDemo: true },
    ...change,
  };
}

function batch(positions: readonly ForcePosition[], gone: readonly number[], at = asOf): ForceBatch {
  return {
    ...{ asOf: at, limits: { oldMs: 1, silentMs: 2, isPlaceholder: true } },
    tally: { taken: positions.length, older: 0, refused: 0, dropped: 0 },
    ...{ people: packPeople(positions), moved: packPlaces(positions, at), gone: [...gone] },
  };
}

test('what was packed comes out again, and fits the wire', () => {
  const positions = [position(0), position(7, { kind: 'vehicle', marks: ['jump'] }), position(3, { marks: ['clock'] })];
  const packed = ForceBatch.parse(JSON.parse(JSON.stringify(batch(positions, []))));
  const people = unpackPeople(packed.people);
  const places = unpackPlaces(packed.moved, asOf);
  expect(people.map((person, index) => ({ ...person, ...places[index] }))).toEqual(positions);
});

test('nothing packs to nothing', () => {
  const packed = batch([], [4]);
  expect([unpackPeople(packed.people), unpackPlaces(packed.moved, asOf), packed.gone]).toEqual([[], [], [4]]);
});

test('places west and south of the zero lines stay where they are', () => {
  const far = [position(1, { lon: -179.999999, lat: -89.5 }), position(2, { lon: 179.5, lat: 89.999999 })];
  expect(unpackPlaces(packPlaces(far, asOf), asOf).map(({ lon, lat }) => [lon, lat])).toEqual([
    [-179.999999, -89.5],
    [179.5, 89.999999],
  ]);
});

test('of two batches that wait each person is left once, as last heard of; who went is gone', () => {
  const later = instant(asOf + 250);
  const before = batch([position(0), position(1), position(2)], [9]);
  const next = batch([position(1, { lon: 116.9, at: later }), position(5)], [2], later);
  const merged = mergeBatches(before, next);
  const places = unpackPlaces(merged.moved, later);
  expect(places.map(({ slot, lon, at }) => [slot, lon, at])).toEqual([
    [0, 116.65, asOf],
    [1, 116.9, later],
    [5, 116.7, asOf - 5_000],
  ]);
  expect(unpackPeople(merged.people).map(({ slot }) => slot)).toEqual([0, 1, 5]);
  expect(merged).toMatchObject({ asOf: later, gone: [9, 2], tally: next.tally });
});
