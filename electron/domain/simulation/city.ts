import { required } from '#domain/base/assert-never.ts';
import { Random } from '#domain/base/random.ts';
import type { Area, AreaIndex, Position } from '#domain/grid/district.ts';
import type { Locator } from '#domain/grid/locate.ts';
import { seedOf } from './seed-of.ts';

/** A place where reports come from again and again. `spreadMeters` is the standard deviation around its centre. */
export interface HotSpot {
  readonly center: Position;
  readonly spreadMeters: number;
  readonly weight: number;
  readonly landmark: string;
}

export interface Road {
  readonly name: string;
  readonly line: readonly Position[];
}

/** The district as the simulator sees it. */
export interface SimulatedCity {
  readonly areas: AreaIndex;
  readonly locate: Locator['locate'];
  /** Areas of the finest level. */
  readonly cells: readonly Area[];
  readonly hotSpots: readonly HotSpot[];
  readonly roads: readonly Road[];
}

const landmarks = [
  '农贸市场',
  '地铁站口',
  '学校门口',
  '医院门口',
  '商业街',
  '公园入口',
  '小区门口',
  '客运站',
  '文化广场',
];

/**
 * A city on a district: 12 to 20 hot spots with a spread of 80 to 250 m, by Zipf 1.1 (live-and-storage.md §6, place).
 * They lie in small cells, since those are the built-up ones. The same seed gives the same city.
 *
 * @throws Error for a district without areas
 */
export function buildCity(
  district: { readonly areas: AreaIndex; readonly locate: Locator['locate'] },
  roads: readonly Road[],
  seed: number,
): SimulatedCity {
  const random = new Random(seedOf(seed, 'city'));
  const { areas } = district;
  const cells = required(areas.district.levels.at(-1), 'a district has a finest level');
  const hotSpots = Array.from({ length: random.integer(12, 20) }, (_, rank) => ({
    center: smallest([random.pick(cells), random.pick(cells), random.pick(cells)]).labelPoint,
    spreadMeters: random.integer(80, 250),
    weight: 1 / (rank + 1) ** 1.1,
    landmark: random.pick(landmarks),
  }));
  return { areas, locate: (lon, lat) => district.locate(lon, lat), cells, hotSpots, roads };
}

function smallest(cells: readonly Area[]): Area {
  return cells.reduce((best, cell) => (extent(cell) < extent(best) ? cell : best));
}

function extent({ bounds: [west, south, east, north] }: Area): number {
  return (east - west) * (north - south);
}
