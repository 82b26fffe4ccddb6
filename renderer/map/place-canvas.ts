import type { MapTheme } from './map-theme.ts';
import { Overlay, type Project } from './overlay.ts';

type Rings = readonly (readonly (readonly [number, number])[])[];

/** A place of a district file that a person looks at, degrees: where something is wrong, and the areas it concerns. */
export interface MapPlace {
  readonly at: readonly [number, number] | null;
  readonly rings: Rings;
  readonly areas: readonly { readonly code: string; readonly rings: Rings }[];
}

/** A place is shown with at least so much around it, degrees: some 150 m. */
const ROOM = 0.0015;
const RING = 16;
const AREA_LINE = 1.5;
const PLACE_LINE = 2.5;
/** A place narrower than this is found by its ring, CSS pixels. */
const SMALL = 24;

/** What the camera has to show: the place, or where it has no size the areas; null where there is neither. */
export function boundsOfPlace({ at, rings, areas }: MapPlace): readonly [number, number, number, number] | null {
  // A place without a size is shown with the areas around it: alone it would be a ring on nothing.
  const shown = rings.length > 0 ? rings : areas.flatMap((area) => area.rings);
  const points = shown.length > 0 ? shown.flat() : at === null ? [] : [at];
  if (points.length === 0) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west - ROOM, south - ROOM, east + ROOM, north + ROOM];
}

/** A transparent canvas above the map with the place that is looked at: filled and framed, its areas dashed. */
export class PlaceCanvas {
  readonly #overlay: Overlay;
  #hasInk = false;

  constructor(container: HTMLElement) {
    this.#overlay = new Overlay(container, 'place');
  }

  draw(project: Project, theme: MapTheme, place: MapPlace | null): void {
    if (place === null) {
      if (this.#hasInk) this.#overlay.hide();
      this.#hasInk = false;
      return;
    }
    this.#hasInk = true;
    const { context } = this.#overlay.wipe();
    context.lineJoin = 'round';
    context.setLineDash([6, 4]);
    for (const { rings } of place.areas)
      strokeTwice(context, trace(context, project, rings), theme, AREA_LINE, theme.textQuiet);
    context.setLineDash([]);
    const box = trace(context, project, place.rings);
    if (place.rings.length > 0) {
      context.globalAlpha = 0.35;
      context.fillStyle = theme.textQuiet;
      context.fill('evenodd');
      context.globalAlpha = 1;
      strokeTwice(context, box, theme, PLACE_LINE, theme.text);
    }
    if (place.at === null || box > SMALL) return;
    const { x, y } = project(place.at[0], place.at[1]);
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    strokeTwice(context, RING, theme, PLACE_LINE, theme.text);
  }

  remove(): void {
    this.#overlay.remove();
  }
}

/** Lays the rings as the path, and says how wide it is at its widest, CSS pixels. */
function trace(context: CanvasRenderingContext2D, project: Project, rings: Rings): number {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  context.beginPath();
  for (const ring of rings) {
    for (const [index, [lon, lat]] of ring.entries()) {
      const { x, y } = project(lon, lat);
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
  return Math.max(0, right - left, bottom - top);
}

/** On its ground first, so that it stands out of whatever is below. */
function strokeTwice(
  context: CanvasRenderingContext2D,
  size: number,
  theme: MapTheme,
  width: number,
  colour: string,
): void {
  if (size === 0) return;
  context.strokeStyle = theme.ground;
  context.lineWidth = width + 2.5;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
