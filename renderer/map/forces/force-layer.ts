import type { FlatData } from '../layers/flat-layer.ts';
import type { MapTheme } from '../map-theme.ts';
import type { Pen, Project } from '../overlay.ts';
import { clearingsOf, noClearings, type NameBox } from './clearings.ts';
import { drawForce } from './draw-force.ts';
import { ForceBuffers } from './force-buffers.ts';
import { ForceCanvas, type ForceCamera } from './force-canvas.ts';
import {
  ageAt,
  countForces,
  kindAt,
  type ForceAge,
  type ForceCount,
  type ForceField,
  type ForceKind,
} from './force-field.ts';
import { LocalMercator } from './local-mercator.ts';

/** A person is hit within this distance of its centre, CSS pixels. */
const REACH = 9;
/** A district fills about this much of its box. */
const BOX_SHARE = 0.6;

export interface FoundForce {
  /** Place in the field. */
  readonly index: number;
  readonly force: ForceKind;
  readonly age: ForceAge;
}

/** What stands on the map below the canvas of people and vehicles, and is more than they are. */
export interface Standing {
  /** Marks of cases, null for none. */
  readonly marks: FlatData | null;
  readonly names: readonly NameBox[];
}

/** What people and vehicles cost so far. */
export interface ForceFigures {
  /** Pictures of the canvas. */
  readonly drawn: number;
  /** Bytes uploaded to the graphics card. */
  readonly bytes: number;
}

/** People and vehicles on a canvas of their own, found under the pointer on the processor. */
export class ForceLayer {
  readonly #canvas: ForceCanvas;
  readonly #mercator: LocalMercator;
  readonly #buffers: ForceBuffers;
  /** Of the district, in {@link LocalMercator}'s degrees. */
  readonly #squareDegrees: number;
  #field: ForceField | null = null;
  #counts: readonly ForceCount[] = [];
  #isGiven = false;
  #standing: Standing = { marks: null, names: [] };
  #isStandingNew = false;
  #cameraKey = '';
  #theme: MapTheme | null = null;
  #radius = 1.6;
  #drawn = 0;

  /**
   * @param bounds of the district, degrees
   * @param ask asks for {@link draw}: the graphics context is new
   */
  constructor(container: HTMLElement, bounds: readonly [number, number, number, number], ask: () => void) {
    const [west, south, east, north] = bounds;
    this.#mercator = new LocalMercator((west + east) / 2, (south + north) / 2);
    this.#buffers = new ForceBuffers(this.#mercator);
    this.#squareDegrees = (east - west) * (this.#mercator.down(south) - this.#mercator.down(north)) * BOX_SHARE;
    this.#canvas = new ForceCanvas(container, () => {
      this.#forget();
      ask();
    });
  }

  get figures(): ForceFigures {
    return { drawn: this.#drawn, bytes: this.#buffers.bytes };
  }

  get isShown(): boolean {
    return this.#field !== null && this.#field.count > 0;
  }

  /** By kind, of the field that was given last. */
  get counts(): readonly ForceCount[] {
    return this.#counts;
  }

  /** @returns whether other kinds or ages are on the map now */
  set(field: ForceField | null): boolean {
    const before = this.#field;
    this.#field = field;
    this.#isGiven = true;
    const isSame =
      field?.kinds === before?.kinds && field?.ages === before?.ages && (field?.count ?? 0) === (before?.count ?? 0);
    if (isSame) return false;
    this.#counts = field === null ? [] : countForces(field);
    return true;
  }

  /** What they must not cover. */
  setStanding(standing: Standing): void {
    this.#standing = standing;
    this.#isStandingNew = true;
  }

  /** Draws when the field, the camera or the theme is another one than in the last picture. */
  draw(project: Project, theme: MapTheme): void {
    const field = this.#field;
    if (field === null || field.count === 0) {
      if (this.#isGiven) this.#canvas.hide();
      this.#isGiven = false;
      this.#cameraKey = '';
      return;
    }
    const camera = this.#camera(project);
    this.#radius = forceRadius(field.count / (this.#squareDegrees * camera.scale ** 2));
    const key = `${camera.x} ${camera.y} ${camera.scale} ${this.#radius}`;
    let isDue = key !== this.#cameraKey || theme !== this.#theme;
    if (!isDue && !this.#isGiven && !this.#isStandingNew) return;
    if (!this.#canvas.isReady) return;
    if (this.#isGiven) isDue = this.#buffers.update(field, this.#canvas) || isDue;
    this.#isGiven = false;
    if (this.#isStandingNew) {
      const { marks, names } = this.#standing;
      this.#canvas.clear(marks === null ? noClearings : clearingsOf(marks, names, this.#mercator, camera.scale));
      this.#isStandingNew = false;
      isDue = true;
    }
    if (!isDue) return;
    this.#cameraKey = key;
    this.#theme = theme;
    this.#drawn += 1;
    this.#canvas.draw(field.count, camera, theme, this.#radius);
  }

  /** The same on another canvas. */
  paint({ context, width, height }: Pen, project: Project, theme: MapTheme): void {
    const field = this.#field;
    if (field === null) return;
    for (let at = 0; at < field.count; at += 1) {
      const { x, y } = project(field.positions[2 * at] ?? NaN, field.positions[2 * at + 1] ?? NaN);
      if (!(x > -REACH && y > -REACH && x < width + REACH && y < height + REACH)) continue;
      drawForce(context, x, y, { kind: kindAt(field, at), age: ageAt(field, at), radius: this.#radius }, theme);
    }
  }

  /** The nearest one under a point of the map, CSS pixels. */
  at(project: Project, x: number, y: number): FoundForce | undefined {
    const field = this.#field;
    if (field === null) return undefined;
    const index = forceAt(field, this.#mercator, this.#camera(project), x, y);
    return index === undefined ? undefined : { index, force: kindAt(field, index), age: ageAt(field, index) };
  }

  /** The size of the map changed. */
  move(): void {
    this.#cameraKey = '';
  }

  remove(): void {
    this.#canvas.remove();
  }

  #camera(project: Project): ForceCamera {
    const { lon, lat } = this.#mercator;
    const { x, y } = project(lon, lat);
    return { x, y, scale: project(lon + 1, lat).x - x };
  }

  #forget(): void {
    this.#buffers.forget();
    this.#cameraKey = '';
    this.#isGiven = true;
    this.#isStandingNew = true;
  }
}

/** A walk through all of them: of 25,000 it takes less time than a tree, which would be old at the next step. */
export function forceAt(
  { positions, count }: ForceField,
  mercator: LocalMercator,
  { x: left, y: top, scale }: ForceCamera,
  x: number,
  y: number,
): number | undefined {
  const lon = mercator.lon + (x - left) / scale;
  let best: number | undefined;
  let bestSquare = REACH ** 2;
  for (let at = 0; at < count; at += 1) {
    const aside = ((positions[2 * at] ?? NaN) - lon) * scale;
    if (!(aside >= -REACH && aside <= REACH)) continue;
    const square = aside ** 2 + (top + mercator.down(positions[2 * at + 1] ?? NaN) * scale - y) ** 2;
    if (!(square <= bestSquare)) continue;
    best = at;
    bestSquare = square;
  }
  return best;
}

/** Many people are small dots, a few carry the shape of their kind. `density` is people per square pixel. */
export function forceRadius(density: number): number {
  if (density <= 0.002) return 4;
  if (density <= 0.008) return 2.6;
  return density <= 0.03 ? 1.6 : 1.2;
}
