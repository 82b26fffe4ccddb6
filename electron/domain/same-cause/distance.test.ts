import { expect, test } from 'vitest';
import { degreeLengths, distanceMetres } from './distance.ts';

test('a degree is as long as the tables of the WGS-84 ellipsoid say', () => {
  // National Geospatial-Intelligence Agency, length of a degree: at 0°, 40° and 60°.
  expect(degreeLengths(0)).toMatchObject({
    metresPerLat: expect.closeTo(110_574.3, 0),
    metresPerLon: expect.closeTo(111_319.5, 0),
  });
  expect(degreeLengths(40)).toMatchObject({
    metresPerLat: expect.closeTo(111_034.6, -1),
    metresPerLon: expect.closeTo(85_393.7, -1),
  });
  expect(degreeLengths(60)).toMatchObject({
    metresPerLat: expect.closeTo(111_412.2, 0),
    metresPerLon: expect.closeTo(55_800, -1),
  });
});

test('distances agree with the haversine of the sphere within its own error of 0.6 %', () => {
  const haversine = (lat: number, east: number, north: number) => {
    const angle = (degrees: number) => (degrees * Math.PI) / 180;
    const square =
      Math.sin(angle(north) / 2) ** 2 +
      Math.cos(angle(lat)) * Math.cos(angle(lat + north)) * Math.sin(angle(east) / 2) ** 2;
    return 2 * 6_371_008.8 * Math.asin(Math.sqrt(square));
  };
  for (const [east, north] of [
    [0.0005, 0.0003],
    [0.01, 0],
    [0, -0.009],
    [-0.004, 0.006],
  ] as const) {
    const own = distanceMetres({ lon: 116.65, lat: 40.13 }, { lon: 116.65 + east, lat: 40.13 + north });
    expect(Math.abs(own / haversine(40.13, east, north) - 1)).toBeLessThan(0.006);
  }
});

test('a distance is the same both ways, and nothing to itself', () => {
  const [one, other] = [
    { lon: 116.65, lat: 40.13 },
    { lon: 116.66, lat: 40.14 },
  ];
  expect(distanceMetres(one, other)).toBe(distanceMetres(other, one));
  expect(distanceMetres(one, one)).toBe(0);
});
