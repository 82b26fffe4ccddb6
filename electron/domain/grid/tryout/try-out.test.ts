import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aDistrict } from '#tests/builders/district.ts';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import { Random } from '#domain/base/random.ts';
import type { Area } from '../district.ts';
import { TryOut, type TriedCase } from './try-out.ts';

const grids = aDistrict().levels[3] ?? [];

/** A grid of {@link aDistrict} between two meridians. */
function grid(code: string, west: number, east: number): Area {
  const ring = [
    [west, 40],
    [east, 40],
    [east, 41],
    [west, 41],
    [west, 40],
  ] as const;
  const base = { name: '', level: 4, parent: null, kind: '' };
  return { ...base, code, polygons: [[ring]], labelPoint: [(west + east) / 2, 40.5], bounds: [west, 40, east, 41] };
}

const at = (id: string, lon: number, isOpen = true, kind = '暴露垃圾'): TriedCase => ({
  id,
  lon,
  lat: 40.5,
  class: kind,
  isOpen,
});
const load = (cases: number, open: number, byClass: Readonly<Record<string, number>> = {}): unknown => ({
  cases,
  open,
  byClass: new Map(Object.entries(byClass)),
});

test('a grid is divided, another moved, a third given up: loads before and after, moved and orphaned cases', () => {
  const redrawn = [
    grid('9111', 116, 116.25),
    grid('9113', 116.25, 116.5),
    grid('9112', 116.5, 117.2),
    grid('9211', 117.2, 117.5),
  ];
  const tryOut = new TryOut(grids, redrawn);
  const cases = [
    at('a', 116.1),
    at('b', 116.3, false),
    at('c', 116.4, true, '占道'),
    at('d', 117.1),
    at('e', 117.3),
    at('f', 117.7, false),
    at('g', 119),
  ];
  for (const tried of cases) tryOut.add(tried);
  expect(tryOut.result()).toEqual({
    grids: [
      { code: '9111', before: load(3, 2, { 暴露垃圾: 2, 占道: 1 }), after: load(1, 1, { 暴露垃圾: 1 }) },
      { code: '9112', before: load(0, 0), after: load(1, 1, { 暴露垃圾: 1 }) },
      { code: '9113', before: null, after: load(2, 1, { 暴露垃圾: 1, 占道: 1 }) },
      { code: '9211', before: load(2, 2, { 暴露垃圾: 2 }), after: load(1, 1, { 暴露垃圾: 1 }) },
      { code: '9212', before: load(1, 0, { 暴露垃圾: 1 }), after: null },
    ],
    before: {
      ...{ grids: 4, cases: 6, outside: 1, largest: 3, median: 1.5, withoutCases: 1 },
      unevenness: expect.closeTo(Math.sqrt(1.25) / 1.5, 12),
    },
    after: {
      ...{ grids: 4, cases: 5, outside: 2, largest: 2, median: 1, withoutCases: 0 },
      unevenness: expect.closeTo(Math.sqrt(0.1875) / 1.25, 12),
    },
    moved: [
      { id: 'b', isOpen: false, from: '9111', to: '9113' },
      { id: 'c', isOpen: true, from: '9111', to: '9113' },
      { id: 'd', isOpen: true, from: '9211', to: '9112' },
      { id: 'f', isOpen: false, from: '9212', to: null },
    ],
  });
});

test('the same net moves nothing, and nothing is lost on the way: 20,000 cases of the default district', async () => {
  const { areas } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../../resources')));
  const level = areas.district.levels.at(-1) ?? [];
  const tryOut = new TryOut(level, level);
  const random = new Random(20261130);
  for (let count = 0; count < 20_000; count += 1) {
    tryOut.add({
      id: String(count),
      lon: 116.44 + random.next() * 0.56,
      lat: 40 + random.next() * 0.32,
      class: '',
      isOpen: false,
    });
  }
  const { before, after, moved, grids: compared } = tryOut.result();
  expect(moved).toEqual([]);
  expect(after).toEqual(before);
  expect(before.cases + before.outside).toBe(20_000);
  expect(compared.reduce((sum, { after: one }) => sum + (one?.cases ?? 0), 0)).toBe(before.cases);
});

test('no grids, no cases', () => {
  const nothing = { grids: 0, cases: 0, outside: 0, largest: 0, median: 0, withoutCases: 0, unevenness: null };
  expect(new TryOut([], []).result()).toEqual({ grids: [], before: nothing, after: nothing, moved: [] });
});
