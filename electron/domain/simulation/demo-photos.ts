import type { Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { Photo, PhotoKind } from '#domain/case/photos.ts';
import type { ClassRef } from '#domain/case/state.ts';
import { required } from '#domain/base/assert-never.ts';
import { seedOf } from './seed-of.ts';

/**
 * Hashes of the pictures that the simulated staff "takes" (演示照片), by what they show. Those at one place of each list are of
 * one scene: a broken cover, rubbish, bills on a wall.
 */
export type DemoPhotos = Readonly<Record<PhotoKind, readonly string[]>>;

/** Most are taken on the spot; some from across the road, which the panel marks. */
const NEARBY_DEGREES = 0.000_25;
const AWAY_DEGREES = 0.002;
const AWAY_SHARE = 0.05;

/** Photos of these kinds at a place. What is drawn depends on `seed` and `key` alone, and takes nothing from other draws. */
export function takePhotos(
  photos: DemoPhotos,
  kinds: readonly PhotoKind[],
  of: { readonly lon: number | null; readonly lat: number | null; readonly classRef: Pick<ClassRef, 'name'> },
  takenAt: Instant,
  seed: number,
  ...key: readonly (string | number)[]
): readonly Photo[] {
  const random = new Random(seedOf(seed, 'photo', ...key));
  return kinds.map((kind) => {
    const hash = sceneIn(photos[kind], of.classRef.name);
    const reach = random.chance(AWAY_SHARE) ? AWAY_DEGREES : NEARBY_DEGREES;
    const off = () => Math.round((random.next() - 0.5) * reach * 1e6) / 1e6;
    const { lon, lat } = of;
    const at = lon === null || lat === null ? { lon: null, lat: null } : { lon: lon + off(), lat: lat + off() };
    return { hash, kind, ...at, takenAt };
  });
}

/** Scenes by words of a class's name, after the first one, which stands for everything else. */
const sceneWords = [/垃圾|遗撒|污|渣|卫生|堆/, /广告|张贴|涂|占道|店外|经营/];

function sceneIn(hashes: readonly string[], className: string): string {
  const scene = sceneWords.findIndex((words) => words.test(className)) + 1;
  return required(hashes[Math.min(scene, hashes.length - 1)], 'there is a picture of each kind');
}
