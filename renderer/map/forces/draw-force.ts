import type { MapTheme } from '../map-theme.ts';
import type { ForceAge, ForceKind } from './force-field.ts';
import { FORCE_EDGE } from './force-shaders.ts';

const strengths: Readonly<Record<ForceAge, number>> = { fresh: 1, old: 0.75, silent: 0.45 };

/** The same shape as the shader of the canvas draws, for legends and saved pictures. `radius` in CSS pixels. */
export function drawForce(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { kind, age, radius }: { readonly kind: ForceKind; readonly age: ForceAge; readonly radius: number },
  theme: MapTheme,
): void {
  const outline = (by: number) => {
    context.beginPath();
    if (kind === 'gridStaff') {
      context.arc(x, y, Math.max(0.1, radius + by), 0, 2 * Math.PI);
      return;
    }
    const [wide, high] = kind === 'vehicle' ? [1.25 * radius, 0.7 * radius] : [0.86 * radius, 0.86 * radius];
    context.rect(x - wide - by, y - high - by, 2 * (wide + by), 2 * (high + by));
  };
  context.globalAlpha = strengths[age];
  if (radius >= 2) {
    outline(FORCE_EDGE);
    context.fillStyle = theme.ground;
    context.fill();
  }
  if (radius < 2.5 || age === 'fresh') {
    outline(0);
    context.fillStyle = theme.data;
    context.fill();
  } else {
    outline(-0.7);
    context.lineWidth = 1.4;
    context.strokeStyle = theme.data;
    context.stroke();
  }
  context.globalAlpha = 1;
}
