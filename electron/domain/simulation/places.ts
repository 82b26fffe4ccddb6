import { required } from '#domain/base/assert-never.ts';
import type { Random } from '#domain/base/random.ts';
import type { Position } from '#domain/grid/district.ts';
import type { SimulatedCity } from './city.ts';
import { drawBetween, drawByWeight } from './draw.ts';

/** Where something is wrong: inside the district, WGS-84 degrees. */
export interface SimulatedPlace {
  readonly lon: number;
  readonly lat: number;
  readonly gridCode: string;
  readonly address: string;
  /** End of the address: landmark or road, and side. */
  readonly spot: string;
}

const METERS_PER_DEGREE = 111_320;
const ROAD_SPREAD_METERS = 12;
const TRIES = 8;

const corners = ['路口', '东侧', '西侧', '南侧', '北侧', '人行道', '公交站旁', '停车场旁', '绿地旁', '楼前空地'];

/** 60 % in hot spots, 30 % on roads, 10 % anywhere in a cell, every cell alike (live-and-storage.md §6, place). */
export function drawPlace(city: SimulatedCity, random: Random): SimulatedPlace {
  const kind = random.next();
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const place = kind < 0.6 ? inHotSpot(city, random) : kind < 0.9 ? onRoad(city, random) : null;
    if (place !== null) return place;
  }
  return inCell(city, random);
}

/** The same matter as somebody else sees it: a few steps away, and inside the district. */
export function nearby(city: SimulatedCity, place: SimulatedPlace, meters: number, random: Random): SimulatedPlace {
  return at(city, moved([place.lon, place.lat], meters, random), place.spot) ?? place;
}

function inHotSpot(city: SimulatedCity, random: Random): SimulatedPlace | null {
  const spot = drawByWeight(random, city.hotSpots, ({ weight }) => weight);
  return at(city, moved(spot.center, spot.spreadMeters, random), `${spot.landmark}${random.pick(corners)}`);
}

function onRoad(city: SimulatedCity, random: Random): SimulatedPlace | null {
  if (city.roads.length === 0) return null;
  const road = drawByWeight(random, city.roads, ({ line }) => lengthOf(line));
  const points = road.line;
  const leg = random.integer(1, Math.max(1, points.length - 1));
  const [from, to] = [points[leg - 1], points[leg]];
  if (from === undefined || to === undefined) return null;
  const share = random.next();
  const spot: Position = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  return at(city, moved(spot, ROAD_SPREAD_METERS, random), `${road.name}沿线${random.pick(corners)}`);
}

function inCell(city: SimulatedCity, random: Random): SimulatedPlace {
  const cell = random.pick(city.cells);
  const [west, south, east, north] = cell.bounds;
  const where = random.pick(corners);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const spot: Position = [rounded(drawBetween(random, west, east)), rounded(drawBetween(random, south, north))];
    const place = city.locate(spot[0], spot[1]) === cell.code ? at(city, spot, where) : null;
    if (place !== null) return place;
  }
  const [lon, lat] = cell.labelPoint;
  return at(city, cell.labelPoint, where) ?? { lon, lat, gridCode: cell.code, address: cell.name, spot: '' };
}

/** Null outside the district. Addresses are made of the names of areas and of a landmark, of nothing else. */
function at(city: SimulatedCity, [lon, lat]: Position, spot: string): SimulatedPlace | null {
  const gridCode = city.locate(lon, lat);
  if (gridCode === null) return null;
  const path = city.areas.path(gridCode);
  const named = path.length > 2 ? path.slice(1, -1) : path;
  return { lon, lat, gridCode, address: `${named.map((area) => area.name).join('')}${spot}`, spot };
}

/** Seven decimals: a centimetre, more than any phone knows. */
function moved([lon, lat]: Position, meters: number, random: Random): Position {
  const east = (random.normal() * meters) / (METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  const north = (random.normal() * meters) / METERS_PER_DEGREE;
  return [rounded(lon + east), rounded(lat + north)];
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function lengthOf(line: readonly Position[]): number {
  let length = 0;
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    length += Math.hypot(
      required(to, 'a leg has an end')[0] - required(from, 'a leg has a start')[0],
      required(to, 'a leg has an end')[1] - required(from, 'a leg has a start')[1],
    );
  }
  return length;
}
