import type { CasePolicies } from '#domain/case/rules.ts';
import type { DemoPhotos } from '#domain/simulation/demo-photos.ts';
import type { Photo, PhotoKind } from '#domain/case/photos.ts';

/** A photo as a command names it; `serial` makes its hash unlike others. */
export function aPhoto(kind: PhotoKind = 'near', serial = 1): Photo {
  return { hash: serial.toString(16).padStart(64, '0'), kind, lon: 116.25, lat: 40.5, takenAt: null };
}

/** Hashes that the simulated staff's commands name. */
export const someDemoPhotos: DemoPhotos = {
  near: [aPhoto('near', 1).hash, aPhoto('near', 2).hash],
  far: [aPhoto('far', 3).hash],
  reference: [aPhoto('reference', 4).hash],
  before: [aPhoto('before', 5).hash],
  after: [aPhoto('after', 6).hash, aPhoto('after', 7).hash],
};

/** The policies that ship: each guarded act needs its photo. */
export const photosNeeded: Pick<CasePolicies, 'photoNeededAt'> = {
  photoNeededAt: { report: true, verify: true, handle: true, check: true },
};
