import type { MarkLevel } from './map-theme.ts';

/**
 * Shapes of points; the numbers are known to the shader. A small shape stands for a mark that has no room for its
 * numeral beside a graver one; the shapes of groups tell stages or kinds of cases apart without a hue.
 */
export const shapes = {
  dot: 0,
  ring: 1,
  octagon: 2,
  triangle: 3,
  diamond: 4,
  circle: 5,
  smallOctagon: 6,
  smallTriangle: 7,
  smallDiamond: 8,
  smallCircle: 9,
  groupRing: 10,
  groupDisc: 11,
  groupFrame: 12,
  groupSquare: 13,
  groupCross: 14,
} as const;
export type Shape = (typeof shapes)[keyof typeof shapes];

const full = { 1: shapes.octagon, 2: shapes.triangle, 3: shapes.diamond, 4: shapes.circle } as const;
const small = {
  1: shapes.smallOctagon,
  2: shapes.smallTriangle,
  3: shapes.smallDiamond,
  4: shapes.smallCircle,
} as const;

export function markShape(level: MarkLevel, isSmall = false): Shape {
  return (isSmall ? small : full)[level];
}

/** Half the width of the shape of a group, CSS pixels. */
export const GROUP_RADIUS = 3.4;

/** Small marks are drawn at this share of their full size. */
export const SMALL = 0.36;
/** Width of the ground-coloured outline round a mark, CSS pixels (desk-wall-briefing.md §4.1). */
export const OUTLINE = 2;

/** Outlines of marks, CSS pixels from the centre, y downwards; a circle is given by its radius. */
export const outlines: Readonly<Record<MarkLevel, readonly (readonly [number, number])[] | number>> = {
  1: octagon(7.6),
  2: [
    [0, -7.8],
    [7.8, 6.4],
    [-7.8, 6.4],
  ],
  3: [
    [0, -7.9],
    [7.9, 0],
    [0, 7.9],
    [-7.9, 0],
  ],
  4: 7.3,
};

type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

/** Roman numerals as strokes, CSS pixels from the centre. */
export const numerals: Readonly<Record<MarkLevel, readonly Stroke[]>> = {
  1: [[0, -3.2, 0, 3.2]],
  2: [
    [-1.6, -0.4, -1.6, 4.2],
    [1.6, -0.4, 1.6, 4.2],
  ],
  3: [
    [-2.6, -2, -2.6, 2],
    [0, -3.2, 0, 3.2],
    [2.6, -2, 2.6, 2],
  ],
  4: [
    [-3.4, -2.9, -3.4, 2.9],
    [-1.2, -2.9, 1.1, 2.9],
    [1.1, 2.9, 3.4, -2.9],
  ],
};
export const STROKE = 1.5;

function octagon(radius: number): readonly (readonly [number, number])[] {
  return Array.from({ length: 8 }, (_, corner): readonly [number, number] => {
    const angle = ((corner + 0.5) * Math.PI) / 4;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}
