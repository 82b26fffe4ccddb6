import type { Look } from './case-points.ts';
import { shapes } from './layers/flat-layer.ts';
import type { MapTheme } from './map-theme.ts';

interface FreshPoint {
  readonly lon: number;
  readonly lat: number;
  readonly look: Look;
  /** Which painting of the whole picture was the last one when the point was set. */
  readonly turn: number;
}

type Project = (lon: number, lat: number) => { readonly x: number; readonly y: number };

/**
 * A transparent canvas above the map with the cases that changed since the whole picture was last painted. Drawing a few
 * dots here costs a fraction of a millisecond; the picture below may wait for its turn ({@link RepaintBudget}).
 */
export class FreshLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #points = new Map<string, FreshPoint>();
  #hasInk = false;
  #turn = 0;

  constructor(container: HTMLElement, className: string) {
    this.#canvas = container.ownerDocument.createElement('canvas');
    this.#canvas.className = className;
    this.#canvas.setAttribute('aria-hidden', 'true');
    Object.assign(this.#canvas.style, { position: 'absolute', inset: '0', pointerEvents: 'none' });
    container.append(this.#canvas);
  }

  get size(): number {
    return this.#points.size;
  }

  set(id: string, lon: number, lat: number, look: Look): void {
    this.#points.set(id, { lon, lat, look, turn: this.#turn });
  }

  delete(id: string): void {
    this.#points.delete(id);
  }

  /** The whole picture is being painted with all that is known now. */
  beginPainting(): void {
    this.#turn += 1;
  }

  /** It is on the screen: only what came after its beginning is still fresh. */
  endPainting(): void {
    for (const [id, { turn }] of this.#points) if (turn < this.#turn) this.#points.delete(id);
  }

  /** Draws all points where the camera has them now; `width` and `height` in CSS pixels. */
  draw(project: Project, theme: MapTheme, width: number, height: number, pixelRatio: number): void {
    if (this.#points.size === 0 && !this.#hasInk) return;
    const canvas = this.#canvas;
    const [pixelsWide, pixelsHigh] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
    if (canvas.width !== pixelsWide || canvas.height !== pixelsHigh) {
      canvas.width = pixelsWide;
      canvas.height = pixelsHigh;
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    for (const { lon, lat, look } of this.#points.values()) {
      const { x, y } = project(lon, lat);
      if (x > -16 && y > -16 && x < width + 16 && y < height + 16) drawPoint(context, x, y, look, theme);
    }
    this.#hasInk = this.#points.size > 0;
  }

  remove(): void {
    this.#canvas.remove();
  }
}

const numerals: Readonly<Record<number, readonly (readonly number[])[]>> = {
  [shapes.triangle]: [
    [-1.5, -0.4, -1.5, 4.4],
    [1.5, -0.4, 1.5, 4.4],
  ],
  [shapes.diamond]: [
    [-2.5, -2.2, -2.5, 2.2],
    [0, -3.2, 0, 3.2],
    [2.5, -2.2, 2.5, 2.2],
  ],
  [shapes.circle]: [
    [-3.3, -3, -3.3, 3],
    [-1, -3, 1.2, 3],
    [1.2, 3, 3.4, -3],
  ],
};

/** The same dots and symbols as the flat layer's shader draws. */
function drawPoint(context: CanvasRenderingContext2D, x: number, y: number, look: Look, theme: MapTheme): void {
  context.beginPath();
  outline(context, x, y, look.shape);
  context.closePath();
  context.lineWidth = look.level === null ? 1.6 : 4;
  context.lineJoin = 'round';
  context.strokeStyle = theme.ground;
  context.stroke();
  context.fillStyle = look.shape === shapes.ring ? theme.ground : look.colour;
  context.fill();
  if (look.shape === shapes.ring) {
    context.lineWidth = 1.2;
    context.strokeStyle = look.colour;
    context.stroke();
  }
  const strokes = numerals[look.shape];
  if (strokes === undefined) return;
  context.beginPath();
  for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of strokes) {
    context.moveTo(x + x1, y + y1);
    context.lineTo(x + x2, y + y2);
  }
  context.lineWidth = 1.5;
  context.strokeStyle = theme.levelInk;
  context.stroke();
}

function outline(context: CanvasRenderingContext2D, x: number, y: number, shape: number): void {
  if (shape === shapes.triangle) {
    context.moveTo(x, y - 7.4);
    context.lineTo(x + 7.6, y + 6.4);
    context.lineTo(x - 7.6, y + 6.4);
  } else if (shape === shapes.diamond) {
    context.moveTo(x, y - 7.8);
    context.lineTo(x + 7.8, y);
    context.lineTo(x, y + 7.8);
    context.lineTo(x - 7.8, y);
  } else {
    context.arc(x, y, shape === shapes.circle ? 7.4 : 2.4, 0, 2 * Math.PI);
  }
}
