import type { CasePhoto } from '#contract/cases.ts';
import { distanceMetres } from '#domain/same-cause/distance.ts';

/** From so many metres on a photo was taken somewhere else (desk-wall-briefing.md §9, evidence). */
export const FAR_METRES = 100;

/** The matter before and after handling, to lay side by side: null as long as one of them is missing. */
export function beforeAndAfter(photos: readonly CasePhoto[]): readonly [CasePhoto, CasePhoto] | null {
  const after = photos.findLast(({ kind }) => kind === 'after');
  const isEarlier = ({ at }: CasePhoto) => after !== undefined && at <= after.at;
  const before =
    photos.findLast((photo) => photo.kind === 'before' && isEarlier(photo)) ??
    photos.find((photo) => photo.kind === 'near' && isEarlier(photo)) ??
    photos.find((photo) => photo.kind !== 'after' && isEarlier(photo));
  return before === undefined || after === undefined ? null : [before, after];
}

/** Metres from the case to where a photo was taken; null when one of them has no place. */
export function metresFrom(
  place: { readonly lon: number | null; readonly lat: number | null },
  photo: Pick<CasePhoto, 'lon' | 'lat'>,
): number | null {
  if (place.lon === null || place.lat === null || photo.lon === null || photo.lat === null) return null;
  return Math.round(distanceMetres({ lon: place.lon, lat: place.lat }, { lon: photo.lon, lat: photo.lat }));
}
