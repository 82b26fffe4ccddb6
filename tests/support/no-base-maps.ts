import { refused } from '#domain/base/result.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';

/** A host without base maps that takes none. */
export const noBaseMaps: BaseMaps = {
  list: () => [],
  add: () => Promise.resolve(refused({ code: 'unavailable', detail: {} })),
  remove: () => Promise.resolve(refused({ code: 'not_found', detail: {} })),
  tile: () => Promise.resolve({ state: 'unknown' }),
  onChanged: () => () => {},
  close: () => Promise.resolve(),
};
