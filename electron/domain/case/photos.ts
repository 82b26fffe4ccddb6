import type { Instant } from '#domain/base/instant.ts';
import type { CasePolicies } from './rules.ts';
import type { CaseAction } from './transitions.ts';

/** What a photo shows (domain.md §4.2): 近景, 远景, 参照物, 处置前, 处置后. */
export const photoKinds = ['near', 'far', 'reference', 'before', 'after'] as const;
export type PhotoKind = (typeof photoKinds)[number];

/** Steps that bring photos: 上报 (row 1), 核实 (3), 处置 (11), 核查 (16) of domain.md §4.4. */
export const photoSteps = ['report', 'verify', 'handle', 'check'] as const;
export type PhotoStep = (typeof photoSteps)[number];

/** One command brings at most so many. */
export const maxPhotos = 9;

/**
 * A photo as commands and events name it: the picture itself lies outside the journal under its `hash` (SHA-256, 64
 * hexadecimal digits; decision 9). Where and when it was taken, as far as known: WGS-84 degrees.
 */
export interface Photo {
  readonly hash: string;
  readonly kind: PhotoKind;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly takenAt: Instant | null;
}

/** A photo of a case: with which step it came, when that was recorded, and whose act it was. */
export interface CasePhoto extends Photo {
  readonly step: PhotoStep;
  readonly at: Instant;
  readonly by: string;
}

/** What the rule book asks for with an act: any photo, or one that was taken after handling 处置后. */
export type PhotoNeed = 'any' | 'after';

/** Which photo an act needs by the policies in force; null for none. A report needs one of a collector alone (row 1). */
export function photoNeed(action: CaseAction, { photoNeededAt }: CasePolicies): PhotoNeed | null {
  const step = photoSteps.find((name) => name === action);
  if (step === undefined || !photoNeededAt[step]) return null;
  return step === 'handle' ? 'after' : 'any';
}

/** Whether the photos of a command are what its act needs. */
export function isShown(need: PhotoNeed | null, photos: readonly Pick<Photo, 'kind'>[]): boolean {
  if (need === null) return true;
  return need === 'any' ? photos.length > 0 : photos.some(({ kind }) => kind === need);
}
