import type { FlatData } from '../layers/flat-layer.ts';
import { shapes } from '../symbols.ts';
import type { LocalMercator } from './local-mercator.ts';

/** A name on the map: its middle in degrees, its size in CSS pixels. */
export interface NameBox {
  readonly lon: number;
  readonly lat: number;
  readonly width: number;
  readonly height: number;
}

/** What people and vehicles lie below though their canvas is above it: points that are cut out of it or made faint. */
export interface Clearings {
  /** Pairs of {@link LocalMercator}. */
  readonly places: Float32Array;
  /** Numbers of {@link clearingLooks}. */
  readonly looks: Uint8Array;
}

/** A mark with its numeral and a small one, both cut out; a part of a name, made faint. */
export const clearingLooks = { mark: 9, smallMark: 10, name: 11 } as const;
/** Side of the square of a name, CSS pixels. */
export const NAME_SIDE = 15;

export const noClearings: Clearings = { places: new Float32Array(0), looks: new Uint8Array(0) };

/**
 * Marks of cases (`CaseBoard.markData`) and names. A name is a row of squares, in degrees as they are at `scale` (pixels
 * for a degree), so it has to be given again after a zoom.
 */
export function clearingsOf(
  marks: FlatData,
  names: readonly NameBox[],
  mercator: LocalMercator,
  scale: number,
): Clearings {
  const parts = names.map(({ width }) => Math.max(1, Math.round(width / NAME_SIDE)));
  const count = marks.length + parts.reduce((sum, part) => sum + part, 0);
  const places = new Float32Array(2 * count);
  const looks = new Uint8Array(count);
  mercator.write(marks.attributes.getPosition.value as Float64Array, marks.length, places);
  const kinds = marks.attributes.getValue.value;
  for (let at = 0; at < marks.length; at += 1) {
    const isSmall = (kinds[at] ?? 0) >= shapes.smallOctagon;
    looks[at] = isSmall ? clearingLooks.smallMark : clearingLooks.mark;
  }
  let at = marks.length;
  for (const [index, { lon, lat }] of names.entries()) {
    const number = parts[index] ?? 1;
    for (let part = 0; part < number; part += 1) {
      places[2 * at] = lon - mercator.lon + ((part - (number - 1) / 2) * NAME_SIDE) / scale;
      places[2 * at + 1] = mercator.down(lat);
      looks[at] = clearingLooks.name;
      at += 1;
    }
  }
  return { places, looks };
}
