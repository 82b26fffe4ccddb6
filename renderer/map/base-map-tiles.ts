import { addProtocol } from 'maplibre-gl';
import { baseMapPath } from '#contract/base-map.ts';
import { uploadToken } from '#renderer/client/connect.ts';

const SCHEME = 'base-map';

/** There is no tile: maplibre takes a coarser one where it has one, and complains to nobody. */
class NoTile extends Error {
  readonly status = 404;
}

const listeners = new Set<(id: string) => void>();
let isServed = false;

/**
 * Tells maplibre how to fetch tiles of base maps: from our own host, which is the only place that the page may ask. What
 * fails there is told by the host's own list; here a picture counts that can't be decoded.
 */
export function serveBaseMapTiles(): void {
  if (isServed) return;
  isServed = true;
  addProtocol(SCHEME, async ({ url }, { signal }) => {
    const place = url.slice(SCHEME.length + 3);
    const token = uploadToken();
    const answer = await fetch(baseMapPath + place, {
      ...(token === null ? {} : { headers: { authorization: `Bearer ${token}` } }),
      signal,
    });
    if (answer.status !== 200) throw new NoTile(`${place}: ${answer.status}`);
    const picture = await answer.blob();
    try {
      return { data: await createImageBitmap(picture) };
    } catch {
      for (const listener of listeners) listener(place.split('/')[0] ?? '');
      throw new NoTile(`${place}: no picture`);
    }
  });
}

/** Told the id of a base map of which a tile can't be decoded. */
export function onBadTile(listener: (id: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Addresses of the tiles of a base map, for maplibre. */
export function tileAddress(id: string): string {
  return `${SCHEME}://${id}/{z}/{x}/{y}`;
}
