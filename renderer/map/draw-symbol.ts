import type { PointSizes } from './density.ts';
import type { MapTheme, MarkLevel } from './map-theme.ts';
import { GROUP_RADIUS, numerals, OUTLINE, outlines, shapes, STROKE, type Shape } from './symbols.ts';

/** Below this radius a hollow dot would be a full one. */
const HOLLOW_FROM = 1.9;

/** The same dot as the flat layer's shader draws. */
export function drawDot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  shape: Shape,
  theme: MapTheme,
  { dotRadius }: PointSizes,
): void {
  if (shape >= shapes.groupRing) return drawGroup(context, x, y, shape, theme);
  const isHollow = shape === shapes.ring && dotRadius >= HOLLOW_FROM;
  context.beginPath();
  context.arc(x, y, dotRadius + (dotRadius < 1.6 ? 0 : 0.7), 0, 2 * Math.PI);
  context.fillStyle = isHollow || dotRadius >= 1.6 ? theme.ground : theme.dot;
  context.fill();
  context.beginPath();
  context.arc(x, y, isHollow ? dotRadius - 0.3 : dotRadius, 0, 2 * Math.PI);
  if (isHollow) {
    context.lineWidth = 1.1;
    context.strokeStyle = theme.dot;
    context.stroke();
  } else {
    context.fillStyle = theme.dot;
    context.fill();
  }
}

/** The same shape of a group as the flat layer's shader draws. */
function drawGroup(context: CanvasRenderingContext2D, x: number, y: number, shape: Shape, theme: MapTheme): void {
  const isRound = shape === shapes.groupRing || shape === shapes.groupDisc;
  const isHollow = shape === shapes.groupRing || shape === shapes.groupFrame;
  const outline = (by: number) => {
    context.beginPath();
    if (isRound) context.arc(x, y, GROUP_RADIUS + by, 0, 2 * Math.PI);
    else {
      const half = GROUP_RADIUS - 0.4 + by;
      context.rect(x - half, y - half, 2 * half, 2 * half);
    }
  };
  if (shape === shapes.groupCross) {
    for (const [width, colour] of [
      [4.2, theme.ground],
      [1.8, theme.dot],
    ] as const) {
      context.beginPath();
      context.moveTo(x - 2.9, y - 2.9);
      context.lineTo(x + 2.9, y + 2.9);
      context.moveTo(x - 2.9, y + 2.9);
      context.lineTo(x + 2.9, y - 2.9);
      context.lineCap = 'round';
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
    return;
  }
  outline(1.2);
  context.fillStyle = theme.ground;
  context.fill();
  outline(isHollow ? -0.6 : 0);
  if (isHollow) {
    context.lineWidth = 1.3;
    context.strokeStyle = theme.dot;
    context.stroke();
  } else {
    context.fillStyle = theme.dot;
    context.fill();
  }
}

/** The same symbol as the flat layer's shader draws. */
export function drawMark(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  level: MarkLevel,
  theme: MapTheme,
): void {
  const outline = outlines[level];
  context.beginPath();
  if (typeof outline === 'number') context.arc(x, y, outline, 0, 2 * Math.PI);
  else for (const [dx, dy] of outline) context.lineTo(x + dx, y + dy);
  context.closePath();
  context.lineJoin = 'round';
  context.lineWidth = 2 * OUTLINE;
  context.strokeStyle = theme.ground;
  context.stroke();
  context.fillStyle = theme.levels[level];
  context.fill();
  context.beginPath();
  for (const [x1, y1, x2, y2] of numerals[level]) {
    context.moveTo(x + x1, y + y1);
    context.lineTo(x + x2, y + y2);
  }
  context.lineCap = 'round';
  context.lineWidth = STROKE;
  context.strokeStyle = theme.levelInk;
  context.stroke();
}
