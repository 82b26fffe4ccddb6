import type { AreaIndex } from './district.ts';

/** So far round about, in degrees: some 20 km. What lies farther away is likely in another coordinate system. */
const ROUND_ABOUT_DEGREES = 0.2;

/** Whether a place, WGS-84 degrees, lies in the box of the district or not far from it. */
export function nearTo({ district }: AreaIndex): (lon: number, lat: number) => boolean {
  const boxes = district.levels[0]?.map(({ bounds }) => bounds) ?? [];
  const west = Math.min(...boxes.map(([least]) => least)) - ROUND_ABOUT_DEGREES;
  const south = Math.min(...boxes.map(([, least]) => least)) - ROUND_ABOUT_DEGREES;
  const east = Math.max(...boxes.map(([, , most]) => most)) + ROUND_ABOUT_DEGREES;
  const north = Math.max(...boxes.map(([, , , most]) => most)) + ROUND_ABOUT_DEGREES;
  return (lon, lat) => lon >= west && lon <= east && lat >= south && lat <= north;
}
