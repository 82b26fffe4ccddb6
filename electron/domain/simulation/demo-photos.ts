import type { Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { Photo, PhotoKind } from '#domain/case/photos.ts';
import { seedOf } from './seed-of.ts';

/** Hashes of the pictures that the simulated staff "takes" (演示照片), by what they show. */
export type DemoPhotos = Readonly<Record<PhotoKind, readonly string[]>>;

/** Most are taken on the spot; some from across the road, which the panel marks. */
const NEARBY_DEGREES = 0.000_25;
const AWAY_DEGREES = 0.002;
const AWAY_SHARE = 0.05;

/** Photos of these kinds at a place. What is drawn depends on `seed` and `key` alone, and takes nothing from other draws. */
export function takePhotos(
  photos: DemoPhotos,
  kinds: readonly PhotoKind[],
  place: { readonly lon: number | null; readonly lat: number | null },
  takenAt: Instant,
  seed: number,
  ...key: readonly (string | number)[]
): readonly Photo[] {
  const random = new Random(seedOf(seed, 'photo', ...key));
  return kinds.map((kind) => {
    const hash = random.pick(photos[kind]);
    const reach = random.chance(AWAY_SHARE) ? AWAY_DEGREES : NEARBY_DEGREES;
    const off = () => Math.round((random.next() - 0.5) * reach * 1e6) / 1e6;
    const { lon, lat } = place;
    const at = lon === null || lat === null ? { lon: null, lat: null } : { lon: lon + off(), lat: lat + off() };
    return { hash, kind, ...at, takenAt };
  });
}
