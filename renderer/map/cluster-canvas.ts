import { clusterRadius, type Cluster } from './clusters.ts';
import { drawMark } from './draw-symbol.ts';
import type { MapTheme } from './map-theme.ts';
import { Overlay, type Pen, type Project } from './overlay.ts';

const FONT_PIXELS = 12;

/** A transparent canvas above the map with the clusters; their numbers need no change of maplibre's sources. */
export class ClusterCanvas {
  readonly #overlay: Overlay;
  readonly #font: string;
  #hasInk = false;

  constructor(container: HTMLElement, font: string) {
    this.#overlay = new Overlay(container, 'clusters');
    this.#font = font;
  }

  draw(project: Project, theme: MapTheme, clusters: readonly Cluster[]): void {
    const isEmpty = clusters.length === 0;
    if (isEmpty && !this.#hasInk) return;
    this.#hasInk = !isEmpty;
    if (isEmpty) this.#overlay.hide();
    else this.paint(this.#overlay.wipe(), project, theme, clusters);
  }

  /** Small ones first: a large one is never covered. */
  paint({ context, width, height }: Pen, project: Project, theme: MapTheme, clusters: readonly Cluster[]): void {
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `500 ${FONT_PIXELS}px '${this.#font}'`;
    for (const { lon, lat, count, level } of clusters.toReversed()) {
      const { x, y } = project(lon, lat);
      const radius = clusterRadius(count);
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
      context.beginPath();
      context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
      context.fillStyle = theme.ground;
      context.fill();
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.lineWidth = 1.5;
      context.strokeStyle = theme.textQuiet;
      context.stroke();
      context.fillStyle = theme.text;
      context.fillText(numberText(count), x, y + 0.5);
      if (level !== null) drawMark(context, x + radius * 0.7 + 5, y - radius * 0.7 - 4, level, theme);
    }
    context.textAlign = 'left';
  }

  remove(): void {
    this.#overlay.remove();
  }
}

/** `950`, `1.2k`, `50k`: a disc has room for four characters. */
function numberText(count: number): string {
  if (count < 1_000) return String(count);
  return count < 10_000 ? `${(Math.floor(count / 100) / 10).toFixed(1)}k` : `${Math.floor(count / 1_000)}k`;
}

/** The cluster under a point of the map, CSS pixels. */
export function clusterAt(clusters: readonly Cluster[], project: Project, x: number, y: number): Cluster | undefined {
  return clusters.find(({ lon, lat, count }) => {
    const at = project(lon, lat);
    return Math.hypot(at.x - x, at.y - y) <= clusterRadius(count) + 2;
  });
}
