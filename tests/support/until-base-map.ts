import type { BaseMap } from '#contract/base-map.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';

/** Resolves when the only base map is as wanted. */
export function untilBaseMap(maps: BaseMaps, wanted: (map: BaseMap | undefined) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!wanted(maps.list()[0])) return;
      stop();
      resolve();
    };
    const stop = maps.onChanged(look);
    look();
  });
}
