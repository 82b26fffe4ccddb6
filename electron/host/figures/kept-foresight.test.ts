import { expect, test } from 'vitest';
import { instant, type Instant } from '#domain/base/instant.ts';
import { finish } from '#domain/foresight/steps.ts';
import { findBursts, findSpots } from '#domain/foresight/foresee.ts';
import { netOf } from '#domain/foresight/hot-spots.ts';
import { AreaIndex, type Area } from '#domain/grid/district.ts';
import type { FiguresAnswer } from '#host/ports/figures.ts';
import { cityTables } from '#tests/builders/city.ts';
import { plantedYears } from '#tests/builders/planted-years.ts';
import { KeptForesight } from './kept-foresight.ts';

const years = plantedYears({
  ...{ seed: 3, townships: 4, gridsOfTownship: 49, classes: 10, days: 200, reportsPerDay: 60 },
  ...{ burstWeeks: 1, hotSquares: 1 },
});
/** The morning of the last day. */
const start = instant((years.until - 1) * 86_400_000);

function setUp() {
  const finest = years.areas.map(({ code, lon, lat }): Area => ({
    ...{ code, name: code, level: 2, parent: 'd', kind: '', polygons: [], labelPoint: [lon, lat] },
    bounds: [lon, lat, lon, lat],
  }));
  const district = { id: 'd', name: 'd', source: '', isSchematic: true, approvalNumber: null, levels: [[], finest] };
  const areas = new AreaIndex(district);
  const world = {
    now: start as Instant,
    sequence: 10,
    asked: 0,
    tables: cityTables(),
    answer: null as FiguresAnswer | null,
  };
  const figures = {
    at: () => {
      world.asked += 1;
      const counted = { book: years.book, sequence: world.sequence, isWhole: true };
      return Promise.resolve(world.answer ?? ({ isReady: true, counted } as const));
    },
  };
  const clock = { now: () => world.now };
  const foresight = new KeptForesight({ figures, tables: () => world.tables, areas: () => areas, clock });
  const ask = async (to: number | null = null) => {
    const answer = await foresight.upTo(to);
    if (!answer.isReady) throw new Error('still counting');
    return answer.foreseen;
  };
  return { world, foresight, ask };
}

test('what is foreseen is what the figures say, by the thresholds of the tables, today included', async () => {
  const { ask } = setUp();
  const foreseen = await ask();
  expect(foreseen.to).toBe(years.until);
  expect(foreseen.bursts).toEqual(finish(findBursts(years.book, years.until, foreseen.rules)));
  expect(foreseen.spots).toEqual(
    finish(findSpots(years.book, netOf(years.areas), years.until, foreseen.rules.falseShare)),
  );
  expect(foreseen.bursts.length).toBeGreaterThan(0);
  expect(foreseen.spots.length).toBeGreaterThan(0);
});

test('asking again costs nothing until something was recorded and a minute has passed', async () => {
  const { world, ask } = setUp();
  const [first, beside] = await Promise.all([ask(), ask()]);
  expect(beside).toBe(first);
  world.now = instant(start + 90_000);
  expect(await ask()).toBe(first);
  world.sequence = 11;
  world.now = instant(start + 50_000);
  expect(await ask()).toBe(first);
  world.now = instant(start + 61_000);
  const later = await ask();
  expect(later).not.toBe(first);
  expect(later.sequence).toBe(11);
  world.tables = cityTables();
  expect(await ask()).not.toBe(later);
});

test('each day has an answer of its own; while the journal is being counted there is none', async () => {
  const { world, foresight, ask } = setUp();
  const before = await ask(years.until - 7);
  expect(before.to).toBe(years.until - 7);
  expect(before.spots).not.toEqual((await ask()).spots);
  expect(await ask(years.until - 7)).toBe(before);
  world.answer = { isReady: false, counting: { done: 3, of: 9 } };
  expect(await foresight.upTo(null)).toEqual(world.answer);
});
