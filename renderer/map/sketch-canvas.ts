import type { MapTheme } from './map-theme.ts';
import { Overlay, type Pen, type Project } from './overlay.ts';
import type { MapPosition } from './region.ts';

/** What a person draws on the map: a region to select in, or a line or an area that is measured. */
export interface Sketch {
  readonly kind: 'region' | 'distance' | 'area';
  readonly points: readonly MapPosition[];
  /** What was measured, beside the last point; null for a region. */
  readonly label: string | null;
}

const FONT_PIXELS = 13;
const POINT = 3;

/** A transparent canvas above the map with what a person draws; it follows the camera. */
export class SketchCanvas {
  readonly #overlay: Overlay;
  readonly #font: string;
  #hasInk = false;

  constructor(container: HTMLElement, font: string) {
    this.#overlay = new Overlay(container, 'sketch');
    this.#font = font;
  }

  draw(project: Project, theme: MapTheme, sketches: readonly Sketch[]): void {
    const isEmpty = sketches.every(({ points }) => points.length === 0);
    if (isEmpty && !this.#hasInk) return;
    this.#hasInk = !isEmpty;
    if (isEmpty) this.#overlay.hide();
    else this.paint(this.#overlay.wipe(), project, theme, sketches);
  }

  paint(pen: Pen, project: Project, theme: MapTheme, sketches: readonly Sketch[]): void {
    for (const { kind, points, label } of sketches) {
      const at = points.map(([lon, lat]) => project(lon, lat));
      const { context } = pen;
      context.beginPath();
      for (const { x, y } of at) context.lineTo(x, y);
      if (kind !== 'distance') {
        context.closePath();
        context.globalAlpha = 0.1;
        context.fillStyle = theme.text;
        context.fill('evenodd');
        context.globalAlpha = 1;
      }
      context.lineJoin = 'round';
      for (const [width, colour] of [
        [4, theme.ground],
        [2, theme.text],
      ] as const) {
        context.lineWidth = width;
        context.strokeStyle = colour;
        context.setLineDash(kind === 'region' && colour === theme.text ? [6, 4] : []);
        context.stroke();
      }
      context.setLineDash([]);
      if (kind === 'region') continue;
      for (const { x, y } of at) {
        context.fillStyle = theme.ground;
        context.fillRect(x - POINT - 1.5, y - POINT - 1.5, 2 * POINT + 3, 2 * POINT + 3);
        context.fillStyle = theme.text;
        context.fillRect(x - POINT, y - POINT, 2 * POINT, 2 * POINT);
      }
      const last = at.at(-1);
      if (label !== null && last !== undefined) this.#write(pen, label, last.x, last.y, theme);
    }
  }

  remove(): void {
    this.#overlay.remove();
  }

  /** To the right of the point, to its left where there is no room. */
  #write({ context, width }: Pen, text: string, x: number, y: number, theme: MapTheme): void {
    context.font = `500 ${FONT_PIXELS}px '${this.#font}'`;
    const long = context.measureText(text).width;
    const left = x + 12 + long > width - 4 ? x - 12 - long : x + 12;
    context.textBaseline = 'middle';
    context.globalAlpha = 0.88;
    context.fillStyle = theme.ground;
    context.fillRect(left - 4, y - 11, long + 8, 22);
    context.globalAlpha = 1;
    context.fillStyle = theme.text;
    context.fillText(text, left, y + 0.5);
  }
}
