import type KDBush from 'kdbush';
import type { FlatData } from '../layers/flat-layer.ts';
import { shapes } from '../symbols.ts';
import type { ComponentField } from './component-field.ts';

/** Points are drawn from this zoom of maplibre's on (GM9). */
const POINTS_FROM_ZOOM = 15;
/** At most so many are drawn as points (GM9). */
export const MOST_POINTS = 20_000;
/** Few are squares, many are dots. */
const SQUARES_UP_TO = 3_000;

type Box = readonly [west: number, south: number, east: number, north: number];

/** Components in and round the view as points; asked for again only when the view leaves what was looked at. */
export class ComponentView {
  readonly #field: ComponentField;
  readonly #tree: KDBush;
  #covered: Box | null = null;
  #found: readonly number[] = [];
  #data: FlatData | null = null;
  #isTooMany = false;

  constructor(field: ComponentField, tree: KDBush) {
    this.#field = field;
    this.#tree = tree;
  }

  /** Null where points can't be drawn: the camera is too far, or there are too many. */
  get data(): FlatData | null {
    return this.#data;
  }

  get isTooMany(): boolean {
    return this.#isTooMany;
  }

  /** @returns whether something else is to be drawn now */
  look(view: Box, zoom: number): boolean {
    const [before, wasTooMany] = [this.#data, this.#isTooMany];
    if (zoom < POINTS_FROM_ZOOM) {
      this.#covered = null;
      this.#data = null;
      this.#isTooMany = false;
      return before !== null;
    }
    const covered = this.#covered;
    if (covered !== null && contains(covered, view)) return false;
    const wide = around(view);
    let found = this.#tree.range(...wide);
    this.#covered = found.length <= MOST_POINTS ? wide : view;
    if (found.length > MOST_POINTS) found = this.#tree.range(...view);
    this.#isTooMany = found.length > MOST_POINTS;
    if (this.#isTooMany) this.#covered = null;
    this.#found = this.#isTooMany ? [] : found;
    this.#data = this.#isTooMany ? null : this.#points();
    return before !== null || this.#data !== null || wasTooMany !== this.#isTooMany;
  }

  /** How many of the drawn ones lie in a box. */
  countIn(view: Box): number {
    const { positions } = this.#field;
    return this.#found.filter((at) => isIn(view, positions[2 * at] ?? NaN, positions[2 * at + 1] ?? NaN)).length;
  }

  /** The drawn one nearest to the middle of a box; its place in the field. */
  nearest([west, south, east, north]: Box): number | undefined {
    if (this.#data === null) return undefined;
    const { positions } = this.#field;
    const off = (at: number) =>
      Math.hypot(
        ((positions[2 * at] ?? NaN) - (west + east) / 2) / (east - west),
        ((positions[2 * at + 1] ?? NaN) - (south + north) / 2) / (north - south),
      );
    return this.#tree.range(west, south, east, north).sort((a, b) => off(a) - off(b))[0];
  }

  #points(): FlatData {
    const { positions } = this.#field;
    const pairs = new Float64Array(2 * this.#found.length);
    for (const [at, id] of this.#found.entries()) {
      pairs[2 * at] = positions[2 * id] ?? NaN;
      pairs[2 * at + 1] = positions[2 * id + 1] ?? NaN;
    }
    const shape = this.#found.length <= SQUARES_UP_TO ? shapes.groupFrame : shapes.dot;
    return {
      length: this.#found.length,
      attributes: {
        getPosition: { value: pairs, size: 2 },
        getValue: { value: new Float32Array(this.#found.length).fill(shape), size: 1 },
      },
    };
  }
}

/** Half a view more on each side. */
function around([west, south, east, north]: Box): Box {
  const [wide, high] = [(east - west) / 2, (north - south) / 2];
  return [west - wide, south - high, east + wide, north + high];
}

function contains(outer: Box, inner: Box): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

function isIn([west, south, east, north]: Box, lon: number, lat: number): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
