import type { WireError } from '#contract/errors.ts';
import { isShown, maxPhotos, photoKinds, type PhotoKind, type PhotoNeed } from '#domain/case/photos.ts';

/** A photo of a form. It has a hash once the host keeps it, an error when that failed; until then it is on its way. */
export interface PhotoDraft {
  readonly id: string;
  readonly name: string;
  readonly kind: PhotoKind;
  readonly file: Blob;
  readonly hash: string | null;
  /** Address of a small copy for the screen. */
  readonly preview: string | null;
  readonly error: WireError | null;
}

/** What the photos of a form are mostly of, first the first one. */
const usualKinds = {
  report: ['near', 'far', 'reference'],
  verify: ['near', 'far'],
  handle: ['after', 'before'],
  check: ['after', 'near'],
} as const satisfies Record<string, readonly PhotoKind[]>;
export type PhotoForm = keyof typeof usualKinds;

/** The kind a further photo gets until somebody says otherwise: the first usual one that is not there yet. */
export function nextKind(form: PhotoForm, photos: readonly Pick<PhotoDraft, 'kind'>[]): PhotoKind {
  const usual: readonly PhotoKind[] = usualKinds[form];
  return usual.find((kind) => !photos.some((photo) => photo.kind === kind)) ?? usual[0] ?? photoKinds[0];
}

/** How many more a form may take. */
export function roomFor(photos: readonly PhotoDraft[]): number {
  return Math.max(0, maxPhotos - photos.length);
}

/** Whether a form can be sent as far as photos go: none on its way, none that failed, and what the act needs is there. */
export function arePhotosReady(photos: readonly PhotoDraft[], need: PhotoNeed | null): boolean {
  return photos.every(({ hash }) => hash !== null) && isShown(need, photos);
}

/** The field of the command. */
export function photosToSend(photos: readonly PhotoDraft[]): { hash: string; kind: PhotoKind }[] {
  return photos.flatMap(({ hash, kind }) => (hash === null ? [] : [{ hash, kind }]));
}
