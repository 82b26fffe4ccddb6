import type { CaseRow } from '#contract/cases.ts';
import { required } from '#domain/base/assert-never.ts';
import { Random } from '#domain/base/random.ts';
import type { Area } from '#domain/grid/district.ts';
import type { LoadedDistrict } from '#host/ports/district.ts';

const now = Date.UTC(2026, 10, 24, 6, 35);
const MINUTE = 60_000;

/** Open cases spread over the finest grids, thicker in the streets of the towns; the same for the same seed. */
export function seededCases({ areas, locate }: LoadedDistrict, count: number, seed = 1): readonly CaseRow[] {
  const random = new Random(seed);
  const grids = areas.district.levels.at(-1) ?? [];
  const weighted = grids.flatMap((grid) => Array.from({ length: weightOf(grid) }, () => grid));
  return Array.from({ length: count }, (_, index) => {
    const grid = random.pick(weighted);
    const [lon, lat] = pointIn(grid, random, locate);
    return rowAt(index, grid.code, lon, lat, random);
  });

  function weightOf(grid: Area): number {
    const unit = areas.path(grid.code)[1];
    return /街道/.test(unit?.name ?? '') ? 5 : 2 + (Number.parseInt(unit?.code.slice(-2) ?? '0', 10) % 3);
  }
}

function pointIn(grid: Area, random: Random, locate: LoadedDistrict['locate']): readonly [number, number] {
  const [west, south, east, north] = grid.bounds;
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const lon = west + random.next() * (east - west);
    const lat = south + random.next() * (north - south);
    if (locate(lon, lat) === grid.code) return [lon, lat];
  }
  return grid.labelPoint;
}

function rowAt(index: number, gridCode: string, lon: number, lat: number, random: Random): CaseRow {
  const state = required(
    random.chance(0.25) ? 'pending_dispatch' : random.pick(['pending_handle', 'handling', 'pending_check'] as const),
    'a state was picked',
  );
  const fate = random.next();
  const dueAt = now + (fate < 0.015 ? -90 : fate < 0.05 ? 10 : 900) * MINUTE;
  return {
    id: String(20_261_124_000_000 + index),
    record: 'case',
    version: 1,
    sequence: index,
    state,
    stateSince: now - 60 * MINUTE,
    source: 'hotline',
    classKind: 'matter',
    classCode: '06014',
    className: '道路遗撒',
    description: '渣土',
    address: '',
    lon,
    lat,
    gridCode,
    holderUnit: state === 'pending_dispatch' ? null : gridCode.slice(0, 9),
    holderPost: null,
    holderSince: null,
    clock: 'handle',
    clockStartedAt: now - 120 * MINUTE,
    dueAt,
    reportedAt: now - 120 * MINUTE,
    recordedAt: now - 120 * MINUTE,
    closedAt: null,
    returnCount: random.chance(0.03) ? 2 : 0,
    reworkCount: 0,
    openSupervisions: 0,
    mergedCount: 0,
    isUrgent: false,
    isDemo: true,
    isArchived: false,
  };
}
