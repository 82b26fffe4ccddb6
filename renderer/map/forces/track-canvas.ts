import type { MapTheme } from '../map-theme.ts';
import { Overlay, type Pen, type Project } from '../overlay.ts';
import type { ForceTrack } from './force-field.ts';

const LINE = 2;
const START = 3;

/** A transparent canvas above the map with the way of one person or vehicle: a line from a square, where it began. */
export class TrackCanvas {
  readonly #overlay: Overlay;
  #hasInk = false;

  constructor(container: HTMLElement) {
    this.#overlay = new Overlay(container, 'track');
  }

  draw(project: Project, theme: MapTheme, track: ForceTrack | null): void {
    const isEmpty = track === null || track.positions.length < 4;
    if (isEmpty && !this.#hasInk) return;
    this.#hasInk = !isEmpty;
    if (isEmpty) this.#overlay.hide();
    else this.paint(this.#overlay.wipe(), project, theme, track);
  }

  paint({ context }: Pen, project: Project, theme: MapTheme, track: ForceTrack | null): void {
    if (track === null || track.positions.length < 4) return;
    const { positions } = track;
    const at = (index: number) => project(positions[2 * index] ?? 0, positions[2 * index + 1] ?? 0);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    for (const [width, colour] of [
      [LINE + 2.5, theme.ground],
      [LINE, theme.data],
    ] as const) {
      context.beginPath();
      for (let index = 0; 2 * index + 1 < positions.length; index += 1) {
        const { x, y } = at(index);
        context.lineTo(x, y);
      }
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
    const { x, y } = at(0);
    context.fillStyle = theme.ground;
    context.fillRect(x - START - 1.5, y - START - 1.5, 2 * START + 3, 2 * START + 3);
    context.fillStyle = theme.data;
    context.fillRect(x - START, y - START, 2 * START, 2 * START);
  }

  remove(): void {
    this.#overlay.remove();
  }
}
