import type { DistrictMap } from '#contract/grid.ts';
import type { CityMapEvents } from './map-events.ts';
import type { MapTheme } from './map-theme.ts';

export interface CityMapOptions {
  /** Gets the canvases; watched for its size. Must be positioned. */
  readonly container: HTMLElement;
  readonly district: DistrictMap;
  readonly theme: MapTheme;
  /** Family of the labels; loaded by the page before. */
  readonly font: string;
  readonly events: CityMapEvents;
  /** The host's time, epoch milliseconds. */
  readonly now: () => number;
  /** People and vehicles are drawn at most this often, milliseconds; five times a second if not given (GM7). */
  readonly forcesEveryMs?: number;
}
