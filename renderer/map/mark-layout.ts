import { markShape, type Shape } from './symbols.ts';
import type { MarkLevel } from './map-theme.ts';

export interface Mark {
  readonly lon: number;
  readonly lat: number;
  readonly level: MarkLevel;
}

export interface PlacedMark {
  readonly lon: number;
  readonly lat: number;
  readonly shape: Shape;
}

/** This many small symbols find place side by side in the room of a full one. */
const SMALL_PER_ROOM = 6;

/**
 * Gives each mark its full symbol or, where a graver one is nearer than `room`, a small one of the same shape and
 * colour; of small ones that would cover each other the gravest is left. Level 1 is always full. Bottom to top: small
 * ones, then full ones with the gravest last.
 *
 * @param room distance in degrees of longitude and latitude
 */
export function layOutMarks(
  marks: Iterable<Mark>,
  room: { readonly lon: number; readonly lat: number },
): readonly PlacedMark[] {
  const sorted = [...marks].sort((a, b) => a.level - b.level);
  const taken = new Map<number, Mark[]>();
  const spots = new Set<number>();
  const placed: { full: PlacedMark[]; small: PlacedMark[] } = { full: [], small: [] };
  for (const mark of sorted) {
    const { lon, lat, level } = mark;
    const isSmall = level !== 1 && isCrowded(mark);
    if (isSmall) {
      const spot = cellOf(lon * SMALL_PER_ROOM, lat * SMALL_PER_ROOM);
      if (spots.has(spot)) continue;
      spots.add(spot);
    }
    (isSmall ? placed.small : placed.full).push({ lon, lat, shape: markShape(level, isSmall) });
    if (isSmall) continue;
    const cell = cellOf(lon, lat);
    const there = taken.get(cell);
    if (there === undefined) taken.set(cell, [mark]);
    else there.push(mark);
  }
  return [...placed.small.reverse(), ...placed.full.reverse()];

  function cellOf(lon: number, lat: number): number {
    return Math.floor(lon / room.lon) * 2 ** 26 + Math.floor(lat / room.lat);
  }

  function isCrowded({ lon, lat }: Mark): boolean {
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const other of taken.get(cellOf(lon + dx * room.lon, lat + dy * room.lat)) ?? []) {
          if (Math.hypot((other.lon - lon) / room.lon, (other.lat - lat) / room.lat) < 1) return true;
        }
      }
    }
    return false;
  }
}
