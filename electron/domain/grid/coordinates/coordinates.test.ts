import fc from 'fast-check';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultDistrict, loadDistrict } from '#host/district/load-district.ts';
import type { Position } from '../district.ts';
import { bd09FromGcj02, gcj02FromBd09, gcj02FromWgs84, wgs84FromGcj02 } from './china-shift.ts';
import { fromWgs84, nameOfSystem, toWgs84, type CoordinateSystem, type Projection } from './coordinate-system.ts';
import { diagnoseCoordinates } from './diagnose.ts';
import { degreesFromGaussKruger, gaussKrugerFromDegrees, gaussKrugerZone, type GaussKruger } from './gauss-kruger.ts';
import { metresBetween, metresPerDegree } from './metres.ts';

const inChina: fc.Arbitrary<Position> = fc.tuple(
  fc.double({ min: 74, max: 135, noNaN: true }),
  fc.double({ min: 4, max: 53, noNaN: true }),
);
const near117: GaussKruger = { kind: 'gauss-kruger', centralMeridian: 117, zone: null };
const { areas } = await loadDistrict(defaultDistrict(resolve(import.meta.dirname, '../../../../resources')));
const outline = areas.district.levels[0]?.[0]?.polygons.flat() ?? [];
const grids = areas.district.levels.at(-1) ?? [];
const vertices = grids.flatMap(({ polygons }) => polygons.flat(2));

/** Frozen, so that a conversion that changes what it is given is found out. */
function frozen([lon, lat]: Position): Position {
  return Object.freeze([lon, lat] as const);
}

describe('there and back', () => {
  test('GCJ-02 and BD-09: a hundredth of a millimetre, anywhere in China', () => {
    fc.assert(
      fc.property(inChina, (position) => {
        const given = frozen(position);
        expect(metresBetween(wgs84FromGcj02(gcj02FromWgs84(given)), given)).toBeLessThan(1e-4);
        expect(metresBetween(gcj02FromBd09(bd09FromGcj02(given)), given)).toBeLessThan(1e-4);
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });

  test('Gauss-Krüger: a micrometre in each strip, with and without the zone number', () => {
    fc.assert(
      fc.property(inChina, fc.constantFrom(3, 6), fc.boolean(), (position, width, hasZone) => {
        const number = width === 3 ? Math.round(position[0] / 3) : Math.floor(position[0] / 6) + 1;
        const strip = gaussKrugerZone(number);
        expect(Math.abs((strip?.centralMeridian ?? 0) - position[0])).toBeLessThanOrEqual(width / 2);
        const system = { ...(strip ?? near117), zone: hasZone ? number : null };
        const plane = gaussKrugerFromDegrees(system, frozen(position));
        expect(Math.floor(plane[0] / 1_000_000)).toBe(hasZone ? number : 0);
        expect(metresBetween(degreesFromGaussKruger(system, plane), position)).toBeLessThan(1e-6);
      }),
      { seed: 6, numRuns: 2_000 },
    );
  });
});

describe('known values', () => {
  test('EPSG:4548 and EPSG:4527 agree with proj4 2.22 (map-and-data.md §4)', () => {
    const [east, north] = gaussKrugerFromDegrees(near117, [116.65, 40.13]);
    expect([east.toFixed(3), north.toFixed(3)]).toEqual(['470168.873', '4444022.420']);
    const strip = gaussKrugerZone(39) ?? near117;
    expect(gaussKrugerFromDegrees(strip, [116.65, 40.13])[0].toFixed(3)).toBe('39470168.873');
    expect(gaussKrugerZone(20)).toEqual({ kind: 'gauss-kruger', centralMeridian: 117, zone: 20 });
    expect([gaussKrugerZone(24), gaussKrugerZone(46), gaussKrugerZone(39.5)]).toEqual([null, null, null]);
  });

  test('a quarter meridian of GRS 80 is 10,001,965.729 m', () => {
    expect(gaussKrugerFromDegrees(near117, [117, 90])[1]).toBeCloseTo(10_001_965.729, 3);
  });

  test('a degree of latitude is 110,574.3 m at the equator and 111,693.9 m at the pole', () => {
    expect(metresPerDegree(0).lat).toBeCloseTo(110_574.3, 0);
    expect(metresPerDegree(90).lat).toBeCloseTo(111_693.9, 0);
    expect(metresPerDegree(0).lon).toBeCloseTo(111_319.5, 0);
  });

  test('in the district GCJ-02 shifts by 507-547 m, BD-09 by 1,293-1,358 m (measured with gcoord 1.0.7)', () => {
    const gcj = vertices.map((position) => onSphere(position, gcj02FromWgs84(position)));
    const baidu = vertices.map((position) => onSphere(position, bd09FromGcj02(gcj02FromWgs84(position))));
    const shifts = [least(gcj), most(gcj), least(baidu), most(baidu)];
    const measured = [507, 547, 1_293, 1_358];
    for (const [at, shift] of shifts.entries()) expect(Math.abs(shift - (measured[at] ?? 0))).toBeLessThan(2);
  });
});

const projections: readonly Projection[] = [
  { kind: 'wgs84' },
  { kind: 'gcj02' },
  { kind: 'bd09' },
  near117,
  { ...near117, centralMeridian: 114 },
  { ...near117, zone: 39 },
  { ...near117, zone: 20 },
];
const systems: readonly CoordinateSystem[] = projections.flatMap((projection) =>
  [false, true].map((isSwapped) => ({ projection, isSwapped })),
);

describe('the doctor recognises the default district', () => {
  test.each(systems.map((system) => [nameOfSystem(system), system] as const))('in %s', (name, system) => {
    const points = vertices.map((position) => fromWgs84(system, position));
    const byOutline = diagnoseCoordinates(points, { kind: 'outline', rings: outline });
    expect(byOutline.verdict).toMatchObject({ kind: 'fits', system });
    expect(byOutline.candidates[0]).toMatchObject({ name });
    expect(byOutline.candidates[0]?.maxMetres).toBeLessThan(0.5);
    expect(byOutline.candidates.slice(1).every(({ meanMetres }) => meanMetres > 250)).toBe(true);

    const bounds = areas.district.levels[0]?.[0]?.bounds ?? [0, 0, 0, 0];
    expect(diagnoseCoordinates(points, { kind: 'extent', bounds }).verdict).toMatchObject({ kind: 'fits', system });

    const labels = grids.map(({ labelPoint }) => fromWgs84(system, labelPoint));
    const positions = grids.map(({ labelPoint }, index) => (index % 3 === 0 ? null : labelPoint));
    const byPoints = diagnoseCoordinates(labels, { kind: 'points', positions });
    expect(byPoints.verdict).toMatchObject({ kind: 'fits', system });
    expect(byPoints.candidates[0]).toMatchObject({ compared: positions.filter((known) => known !== null).length });
    expect(toWgs84(system, labels[0] ?? [0, 0])[0]).toBeCloseTo(grids[0]?.labelPoint[0] ?? 0, 8);
  });

  test('says by how much the wrong ones are off', () => {
    const points = grids.map(({ labelPoint }) => gcj02FromWgs84(labelPoint));
    const positions = grids.map(({ labelPoint }) => labelPoint);
    const { candidates, verdict } = diagnoseCoordinates(points, { kind: 'points', positions });
    expect(candidates.map(({ name }) => name)).toEqual(['gcj02', 'wgs84', 'bd09']);
    expect(candidates[1]?.meanMetres).toBeGreaterThan(507);
    expect(candidates[1]?.maxMetres).toBeLessThan(548);
    expect(verdict).toMatchObject({ kind: 'fits', leadMetres: expect.closeTo(candidates[1]?.meanMetres ?? 0, 3) });
  });

  test('through 60 m of noise and a generalised outline', () => {
    const noisy = vertices.map(([lon, lat], at) =>
      gcj02FromWgs84([lon + 6e-4 * Math.sin(at), lat + 5e-4 * Math.cos(at)]),
    );
    const rings = outline.map((ring) => ring.filter((_, at) => at % 9 === 0));
    expect(diagnoseCoordinates(noisy, { kind: 'outline', rings }).verdict).toMatchObject({
      kind: 'fits',
      system: { projection: { kind: 'gcj02' }, isSwapped: false },
    });
  });
});

describe('the doctor does not guess', () => {
  const reference = { kind: 'outline', rings: outline } as const;

  test('without points, with numbers of no system, or of two strips', () => {
    const undecided = { candidates: [], verdict: { kind: 'undecided', reason: 'no-system' } };
    expect(diagnoseCoordinates([], reference)).toEqual(undecided);
    expect(diagnoseCoordinates([[NaN, 40]], reference)).toEqual(undecided);
    expect(diagnoseCoordinates([[5e8, 7e9]], reference)).toEqual(undecided);
    const [first, second] = [gaussKrugerZone(38) ?? near117, gaussKrugerZone(39) ?? near117];
    const mixed = [gaussKrugerFromDegrees(first, [115.4, 40]), gaussKrugerFromDegrees(second, [115.6, 40])];
    expect(diagnoseCoordinates(mixed, reference)).toEqual(undecided);
    const nobody = { kind: 'points', positions: [null] } as const;
    expect(diagnoseCoordinates([[116, 40]], nobody)).toEqual(undecided);
  });

  test('of another district, or of a part of this one', () => {
    const elsewhere = vertices.map(([lon, lat]): Position => [lon - 1, lat]);
    expect(diagnoseCoordinates(elsewhere, reference).verdict).toEqual({ kind: 'undecided', reason: 'too-far' });
    const part = grids.slice(0, 40).flatMap(({ polygons }) => polygons.flat(2));
    expect(diagnoseCoordinates(part, reference).verdict).toEqual({ kind: 'undecided', reason: 'too-far' });
  });

  test('half-way between two systems', () => {
    const half = grids.map(({ labelPoint: [lon, lat] }): Position => {
      const [shiftedLon, shiftedLat] = gcj02FromWgs84([lon, lat]);
      return [(lon + shiftedLon) / 2, (lat + shiftedLat) / 2];
    });
    const known = { kind: 'points', positions: grids.map(({ labelPoint }) => labelPoint) } as const;
    expect(diagnoseCoordinates(half, known).verdict).toEqual({ kind: 'undecided', reason: 'too-close' });
  });
});

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** Metres on the sphere of turf, with which the figures were measured: up to 0.3 % off the ellipsoid here. */
function onSphere([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const [north1, north2, east] = [lat1, lat2, lon2 - lon1].map((angle) => (angle * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const chord = Math.sin((north2 - north1) / 2) ** 2 + Math.cos(north1) * Math.cos(north2) * Math.sin(east / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(chord));
}
