import { instant, type Instant } from '#domain/base/instant.ts';
import { positionMarks, type ForceKind, type ForcePosition } from '#domain/forces/force.ts';
import type { ForceBatch, PackedPeople, PackedPositions } from './forces.ts';
import { PackedWords } from './packed-words.ts';

/** 1e-6 degrees are 0.1 m: no phone knows more. */
const STEPS_PER_DEGREE = 1e6;

/** Who somebody is, as {@link PackedPeople} carries it. */
export type Person = Pick<ForcePosition, 'slot' | 'id' | 'kind' | 'unit' | 'isDemo'>;
/** Where somebody is, as {@link PackedPositions} carries it: degrees in steps of 1e-6. */
export type Place = Pick<ForcePosition, 'slot' | 'lon' | 'lat' | 'at' | 'marks'>;

export function packPeople(people: readonly Person[]): PackedPeople {
  const words = new PackedWords();
  return {
    kinds: people.map(({ kind }) => words.placeOf(kind)),
    units: people.map(({ unit }) => words.placeOf(unit)),
    words: words.all,
    slots: people.map(({ slot }) => slot),
    ids: people.map(({ id }) => id),
    demo: people.map(({ isDemo }) => Number(isDemo)),
  };
}

export function unpackPeople({ words, slots, ids, kinds, units, demo }: PackedPeople): readonly Person[] {
  return slots.map((slot, index) => ({
    slot,
    id: ids[index] ?? '',
    kind: words[kinds[index] ?? 0] as ForceKind,
    unit: words[units[index] ?? 0] ?? '',
    isDemo: demo[index] === 1,
  }));
}

export function packPlaces(places: readonly Place[], asOf: Instant): PackedPositions {
  const lons = places.map(({ lon }) => Math.round(lon * STEPS_PER_DEGREE));
  const lats = places.map(({ lat }) => Math.round(lat * STEPS_PER_DEGREE));
  const west = lons.reduce((least, lon) => Math.min(least, lon), Infinity);
  const south = lats.reduce((least, lat) => Math.min(least, lat), Infinity);
  const origin: [number, number] = places.length === 0 ? [0, 0] : [west, south];
  return {
    origin,
    slots: places.map(({ slot }) => slot),
    lons: lons.map((lon) => lon - origin[0]),
    lats: lats.map((lat) => lat - origin[1]),
    ages: places.map(({ at }) => asOf - at),
    marks: places.map(({ marks }) => marks.reduce((bits, mark) => bits | (1 << positionMarks.indexOf(mark)), 0)),
  };
}

export function unpackPlaces(packed: PackedPositions, asOf: Instant): readonly Place[] {
  const { origin, slots, lons, lats, ages, marks } = packed;
  return slots.map((slot, index) => ({
    slot,
    lon: ((lons[index] ?? 0) + origin[0]) / STEPS_PER_DEGREE,
    lat: ((lats[index] ?? 0) + origin[1]) / STEPS_PER_DEGREE,
    at: instant(asOf - (ages[index] ?? 0)),
    marks: positionMarks.filter((_, bit) => ((marks[index] ?? 0) & (1 << bit)) !== 0),
  }));
}

/** Two batches as one, for a client that has not drawn the first: each person once, as the later batch has it. */
export function mergeBatches(before: ForceBatch, next: ForceBatch): ForceBatch {
  const isGone = new Set(next.gone);
  const people = bySlot(unpackPeople(before.people), unpackPeople(next.people), isGone);
  const places = bySlot(
    unpackPlaces(before.moved, instant(before.asOf)),
    unpackPlaces(next.moved, instant(next.asOf)),
    isGone,
  );
  return {
    ...next,
    people: packPeople(people),
    moved: packPlaces(places, instant(next.asOf)),
    gone: [...before.gone, ...next.gone],
  };
}

function bySlot<Item extends { readonly slot: number }>(
  before: readonly Item[],
  next: readonly Item[],
  isGone: ReadonlySet<number>,
): readonly Item[] {
  const all = new Map([...before, ...next].map((item) => [item.slot, item]));
  return [...all.values()].filter(({ slot }) => !isGone.has(slot));
}
