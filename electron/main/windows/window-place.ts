import type { WindowPlace } from '../settings.ts';

/** A rectangle of the desktop in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const usualWidth = 1_600;
const usualHeight = 1_000;
const visibleEdge = 80;

/**
 * Where the desk window opens: where it was, as far as that is still on a display, else in the middle of the first one.
 *
 * @param workAreas of all displays, the primary one first; at least one
 */
export function openingPlace(remembered: WindowPlace | null, workAreas: readonly [Area, ...Area[]]): WindowPlace {
  if (remembered !== null) {
    const area = workAreas.find((candidate) => isReachable(remembered, candidate));
    if (area !== undefined) {
      const width = Math.min(remembered.width, area.width);
      const height = Math.min(remembered.height, area.height);
      return { ...remembered, width, height };
    }
  }
  const [primary] = workAreas;
  const width = Math.min(usualWidth, primary.width);
  const height = Math.min(usualHeight, primary.height);
  return {
    x: primary.x + Math.round((primary.width - width) / 2),
    y: primary.y + Math.round((primary.height - height) / 2),
    width,
    height,
    isMaximized: remembered?.isMaximized ?? false,
  };
}

/** A person can get hold of the title bar: enough of it lies inside. */
function isReachable(place: WindowPlace, area: Area): boolean {
  const widthInside = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  return widthInside >= visibleEdge && place.y >= area.y && place.y <= area.y + area.height - visibleEdge;
}
