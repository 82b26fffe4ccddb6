import { ok } from '#domain/base/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

/** Base maps; their tiles travel outside the wire (serve/base-map-bytes.ts). */
export function baseMapHandlers({
  baseMaps,
}: Pick<HostParts, 'baseMaps'>): Pick<Handlers, 'basemap.list' | 'basemap.add' | 'basemap.remove'> {
  return {
    'basemap.list': () => Promise.resolve(ok({ maps: [...baseMaps.list()] })),
    'basemap.add': (request, { principal }) => baseMaps.add(request, principal.id),
    'basemap.remove': async ({ id }) => {
      const outcome = await baseMaps.remove(id);
      return outcome.ok ? ok({}) : outcome;
    },
  };
}
