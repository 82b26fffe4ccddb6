import type { PolygonRings, Position } from '#domain/grid/district.ts';
import { aDistrict } from './district.ts';
import { geoJsonOf, type PlainFeature } from './district-formats.ts';

/** The small district of `aDistrict` as features with code, name, level and parent. */
function smallDistrict(): readonly PlainFeature[] {
  return aDistrict()
    .levels.flat()
    .map(({ code, name, level, parent, polygons }) => ({
      properties: { code, name, level, ...(parent === null ? {} : { parent }) },
      polygons: polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat] as const))),
    }));
}

/** The same, redrawn: the first grid reaches to 116.75° E, and the last one, to the east of 117.5°, is gone. */
export function redrawnDistrict(): string {
  const features = smallDistrict()
    .filter(({ properties }) => properties['code'] !== '9212')
    .map((feature) => {
      if (feature.properties['code'] === '9111') return { ...feature, polygons: [box(116, 116.75)] };
      if (feature.properties['code'] === '9112') return { ...feature, polygons: [box(116.75, 117)] };
      return feature;
    });
  return geoJsonOf(features as readonly PlainFeature[]);
}

function box(west: number, east: number): PolygonRings {
  const corners: readonly Position[] = [
    ...([[west, 40] as const, [east, 40] as const, [east, 41] as const, [west, 41] as const] as const),
    [west, 40],
  ];
  return [corners];
}
