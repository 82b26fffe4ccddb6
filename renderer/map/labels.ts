import type { Feature, FeatureCollection, Point } from 'geojson';
import type { AreaRow } from '#contract/grid.ts';
import type { PlacedMark } from './mark-layout.ts';
import { shrinkAt, type DistrictShapes } from './district-shapes.ts';
import { labelShift } from './label-shift.ts';
import { figureText } from './area-figures.ts';
import { figureOf, type NetView } from './net-layers.ts';

export interface LabelFacts {
  readonly name: string;
  /** The figure with a space before, or empty. */
  readonly count: string;
  readonly rank: 'unit' | 'area' | 'grid' | 'around';
  /** Lower is placed first. */
  readonly order: number;
}

const METERS_PER_DEGREE = 111_320;
const GLYPH_PIXELS = 12.5;
const DIGIT_PIXELS = 7;
const LINE_PIXELS = 15;
const NEAR_PIXELS = 110;
/** A name may be this many times as wide as its area: a part of it may lie on the neighbour. */
const MAY_EXCEED = 1.5;
/** Serial numbers of the finest grids from this typical width on, CSS pixels. */
const SERIALS_FROM_PIXELS = 46;

/**
 * Names with the figure of the areas in view that are wide enough, the last three digits of the grids below them, and
 * around a focus the names of its neighbours.
 */
export function labelFeatures(
  shapes: DistrictShapes,
  view: NetView,
  marks: readonly PlacedMark[],
): FeatureCollection<Point, LabelFacts> {
  const { level, focus, metersPerPixel } = view;
  const figure = (code: string) => figureOf(code, view) ?? null;
  const { depth, unitLevel, typicalWidths } = shapes;
  const isSerialLevel = (at: number) => at === depth && at > unitLevel;
  const inFocus = (at: number) => shapes.areas(at).filter(({ code }) => shapes.isWithin(code, focus));
  const named = isSerialLevel(level) ? Math.max(unitLevel, level - 1) : level;
  const hasSerials =
    isSerialLevel(depth) &&
    level >= depth - 1 &&
    (typicalWidths[depth - 1] ?? 0) / metersPerPixel >= SERIALS_FROM_PIXELS;

  const names = inFocus(named)
    .filter((area) => widthPixels(area, metersPerPixel) * MAY_EXCEED >= textPixels(area))
    .map((area) => aside(feature(area, 'area', area.name, figure(area.code)), marks, metersPerPixel));
  const serials = hasSerials
    ? inFocus(depth).map((area) => aside(feature(area, 'grid', area.code.slice(-3), null), marks, metersPerPixel))
    : [];
  const around =
    focus === null
      ? []
      : shapes
          .areas(unitLevel)
          .filter(({ code }) => !shapes.isWithin(focus, code))
          .map((area) => feature(area, 'around', area.name, null));
  return { type: 'FeatureCollection', features: [...names, ...serials, ...around] };

  function feature(
    area: AreaRow,
    rank: LabelFacts['rank'],
    name: string,
    count: number | null,
  ): Feature<Point, LabelFacts> {
    const order = rank === 'area' ? -(count ?? 0) : rank === 'around' ? 1e6 : 2e6;
    return {
      type: 'Feature',
      properties: { name, count: count === null ? '' : ` ${figureText(count, view.layers.figure)}`, rank, order },
      geometry: { type: 'Point', coordinates: area.labelPoint },
    };
  }
}

/** CSS pixels, about. */
export function labelSize({ name, count, rank }: Pick<LabelFacts, 'name' | 'count' | 'rank'>): {
  readonly width: number;
  readonly height: number;
} {
  const width = (rank === 'grid' ? DIGIT_PIXELS : GLYPH_PIXELS) * name.length + count.length * DIGIT_PIXELS;
  return { width, height: LINE_PIXELS };
}

/** The name stands beside the symbols at its place. */
function aside(
  label: Feature<Point, LabelFacts>,
  marks: readonly PlacedMark[],
  metersPerPixel: number,
): Feature<Point, LabelFacts> {
  const [lon = 0, lat = 0] = label.geometry.coordinates;
  const across = (METERS_PER_DEGREE * shrinkAt(lat)) / metersPerPixel;
  const down = METERS_PER_DEGREE / metersPerPixel;
  const near = marks
    .map((mark) => ({ x: (mark.lon - lon) * across, y: (lat - mark.lat) * down }))
    .filter(({ x, y }) => Math.abs(x) < NEAR_PIXELS && Math.abs(y) < NEAR_PIXELS);
  const [dx, dy] = labelShift(labelSize(label.properties), near);
  return { ...label, geometry: { type: 'Point', coordinates: [lon + dx / across, lat - dy / down] } };
}

function widthPixels({ bounds: [west, south, east, north] }: AreaRow, metersPerPixel: number): number {
  return ((east - west) * METERS_PER_DEGREE * shrinkAt((south + north) / 2)) / metersPerPixel;
}

function textPixels({ name }: AreaRow): number {
  return (name.length + 1.5) * GLYPH_PIXELS;
}
