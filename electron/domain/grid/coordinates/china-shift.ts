import type { Position } from '../district.ts';

/** Krasovsky 1940, on which the shift was defined: half axis in metres and squared eccentricity. */
const HALF_AXIS = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
/** Baidu turns in its own unit: 180/3000 of π for each degree. */
const BAIDU_TURN = (Math.PI * 3_000) / 180;
const BAIDU_EAST = 0.006_5;
const BAIDU_NORTH = 0.006;

/**
 * WGS-84 degrees → GCJ-02 degrees, the shifted system of 高德, 腾讯 and most maps published in China.
 *
 * The official algorithm is not published; this is the approximation that every open implementation shares (first seen
 * in 2013 as "EvilTransform"; gcoord 1.0.7 uses the same terms). In Shunyi the shift is 507-547 m. Holds inside China
 * only: the real services leave points elsewhere as they are.
 */
export function gcj02FromWgs84([lon, lat]: Position): Position {
  const x = lon - 105;
  const y = lat - 35;
  const slow = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    (2 / 3) *
      (slow +
        20 * Math.sin(y * Math.PI) +
        40 * Math.sin((y / 3) * Math.PI) +
        160 * Math.sin((y / 12) * Math.PI) +
        320 * Math.sin((y / 30) * Math.PI));
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    (2 / 3) *
      (slow +
        20 * Math.sin(x * Math.PI) +
        40 * Math.sin((x / 3) * Math.PI) +
        150 * Math.sin((x / 12) * Math.PI) +
        300 * Math.sin((x / 30) * Math.PI));
  const latitude = (lat * Math.PI) / 180;
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2;
  const metresPerLat = (((HALF_AXIS * (1 - ECCENTRICITY_SQUARED)) / magic ** 1.5) * Math.PI) / 180;
  const metresPerLon = ((HALF_AXIS / Math.sqrt(magic)) * Math.cos(latitude) * Math.PI) / 180;
  return [lon + east / metresPerLon, lat + north / metresPerLat];
}

/** GCJ-02 degrees → WGS-84 degrees: {@link gcj02FromWgs84} undone to less than a millimetre. */
export function wgs84FromGcj02(position: Position): Position {
  return inverseOf(gcj02FromWgs84, position);
}

/** GCJ-02 degrees → BD-09 degrees (百度 "bd09ll"). Source: as in the open implementations, gcoord 1.0.7 among them. */
export function bd09FromGcj02([lon, lat]: Position): Position {
  const radius = Math.hypot(lon, lat) + 0.000_02 * Math.sin(lat * BAIDU_TURN);
  const angle = Math.atan2(lat, lon) + 0.000_003 * Math.cos(lon * BAIDU_TURN);
  return [radius * Math.cos(angle) + BAIDU_EAST, radius * Math.sin(angle) + BAIDU_NORTH];
}

/** BD-09 degrees → GCJ-02 degrees: {@link bd09FromGcj02} undone to less than a millimetre. */
export function gcj02FromBd09(position: Position): Position {
  return inverseOf(bd09FromGcj02, position);
}

/** The shifts change by less than 1 % over their own length, so each step gains two digits; 1e-10° is 0.01 mm. */
function inverseOf(shift: (from: Position) => Position, [lon, lat]: Position): Position {
  let [guessLon, guessLat] = [lon, lat];
  for (let step = 0; step < 12; step += 1) {
    const [shiftedLon, shiftedLat] = shift([guessLon, guessLat]);
    const [missLon, missLat] = [lon - shiftedLon, lat - shiftedLat];
    guessLon += missLon;
    guessLat += missLat;
    if (Math.abs(missLon) < 1e-10 && Math.abs(missLat) < 1e-10) break;
  }
  return [guessLon, guessLat];
}
