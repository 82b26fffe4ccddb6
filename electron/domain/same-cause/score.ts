import type { SameCausePolicy } from './policy.ts';

/** Why two matters may have the same cause, as data; `share` is 0 … 1, `ms` and `metres` are ≥ 0. */
export type SameCauseReason =
  | { readonly kind: 'same_class' }
  | { readonly kind: 'similar_class'; readonly share: number }
  | { readonly kind: 'distance'; readonly metres: number }
  /** A point is missing; both lie in one unit grid. */
  | { readonly kind: 'same_grid' }
  /** A point is missing; the addresses are alike. */
  | { readonly kind: 'address'; readonly share: number }
  /** Between the two reports. */
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'text'; readonly share: number }
  | { readonly kind: 'same_reporter' };

/** What was found out about two matters. */
export interface Comparison {
  readonly isSameClass: boolean;
  /** Of the names of their classes; 0 when one is not known. */
  readonly classShare: number;
  /** Null when one has no point. */
  readonly metres: number | null;
  readonly isSameGrid: boolean;
  /** Between the two reports, ≥ 0. */
  readonly gapMs: number;
  readonly isClosedBefore: boolean;
  readonly isSameReporter: boolean;
}

/** Of their texts; looked at only when the rest may do. `address` counts only where a point is missing. */
export interface TextComparison {
  /** Null when one has no text. */
  readonly text: number | null;
  /** Null when one has no address. */
  readonly address: number | null;
}

/** 0 … 1, or null when the rules of the policy forbid the pair. */
export function scoreOf(found: Comparison, texts: TextComparison, policy: SameCausePolicy): number | null {
  const text = texts.text ?? (found.isSameClass ? policy.unknownText : 0);
  if (!found.isSameClass && text < policy.otherClassText) return null;
  const place = placeShare(found, texts.address, policy);
  if (found.metres === null && text < leastText(found, texts.address, policy)) return null;
  return summed(found, place, text, policy);
}

/** No lower than any score that {@link scoreOf} may give once the texts are known. */
export function highestScore(found: Comparison, policy: SameCausePolicy): number {
  return summed(found, placeShare(found, 1, policy), 1, policy);
}

export function reasonsOf(
  found: Comparison,
  { text, address }: TextComparison,
  policy: SameCausePolicy,
): readonly SameCauseReason[] {
  const reasons: SameCauseReason[] = [];
  if (found.isSameClass) reasons.push({ kind: 'same_class' });
  else if (found.classShare >= policy.similarClassName) {
    reasons.push({ kind: 'similar_class', share: rounded(found.classShare) });
  }
  if (found.metres !== null) reasons.push({ kind: 'distance', metres: Math.round(found.metres * 10) / 10 });
  else {
    if (found.isSameGrid) reasons.push({ kind: 'same_grid' });
    if (address !== null && address >= policy.sameAddress) reasons.push({ kind: 'address', share: rounded(address) });
  }
  reasons.push({ kind: 'time', ms: found.gapMs });
  if (text !== null && text >= policy.toldText) reasons.push({ kind: 'text', share: rounded(text) });
  if (found.isSameReporter) reasons.push({ kind: 'same_reporter' });
  return reasons;
}

function summed(found: Comparison, place: number, text: number, policy: SameCausePolicy): number {
  const { weights } = policy;
  const time =
    fading(found.gapMs, policy.soonMs, policy.lateMs) * (found.isClosedBefore ? policy.closedBeforeFactor : 1);
  const sum =
    weights.place * place +
    weights.class * (found.isSameClass ? 1 : found.classShare) +
    weights.time * time +
    weights.text * text;
  return Math.min(1, sum + (found.isSameReporter ? policy.sameReporterBonus : 0));
}

function placeShare(found: Comparison, address: number | null, policy: SameCausePolicy): number {
  if (found.metres !== null) return fading(found.metres, policy.closeMetres, policy.farMetres);
  const byAddress = address !== null && address >= policy.sameAddress ? AT_LIMIT * address : 0;
  return Math.max(found.isSameGrid ? policy.sameGridPlace : 0, byAddress);
}

/** How similar the text must be where a point is missing. */
function leastText(found: Comparison, address: number | null, policy: SameCausePolicy): number {
  if (address !== null && address >= policy.sameAddress) return 0;
  return found.isSameGrid ? policy.gridText : policy.textAlone;
}

const AT_LIMIT = 0.8;

/** 1 at nothing, 0.8 at `near`, 0 from `far` on, straight between them. */
function fading(value: number, near: number, far: number): number {
  if (value >= far) return 0;
  if (value <= near) return near === 0 ? 1 : 1 - (1 - AT_LIMIT) * (value / near);
  return AT_LIMIT * (1 - (value - near) / (far - near));
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
