import { figureOf, type Figure, type IndicatorId } from './indicators.ts';

/** How a period is scored: data of the rule table `scoring`, the shipped one a placeholder 可配置. */
export interface ScoringScheme {
  readonly code: string;
  readonly isPlaceholder: boolean;
  /** Shares of 1 that add up to 1; each indicator is a share itself. */
  readonly weights: readonly { readonly indicator: IndicatorId; readonly weight: number }[];
  /** Points that are added where an indicator reaches `from`, a share. */
  readonly bonuses: readonly { readonly indicator: IndicatorId; readonly from: number; readonly points: number }[];
  /** Grades by their least score, best first. */
  readonly grades: readonly {
    readonly code: string;
    readonly from: number;
    readonly zh: string;
    readonly en: string;
  }[];
  /** Score that is aimed at; null: none. */
  readonly target: number | null;
  /** With fewer cases than this behind any weighted share a rank is not certain. */
  readonly smallBelow: number;
}

/** One subject to be scored: its code and the figures of the scheme's indicators. */
export interface Scored {
  readonly of: string;
  readonly figures: ReadonlyMap<IndicatorId, Figure>;
}

/**
 * Score in points of 100 with its interval; null, and without a rank, where a weighted share is 0/0. Rank 1 is the best, equal
 * scores share one. `bandFrom` to `bandTo` are the ranks that the intervals leave open.
 */
export interface Ranked {
  readonly of: string;
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly rank: number | null;
  readonly bandFrom: number | null;
  readonly bandTo: number | null;
  readonly grade: string | null;
  readonly isSmall: boolean;
}

/** Two-sided 90 %. */
const Z = 1.6449;

/** Wilson's interval of a share n/d, from 0 to 1; null of 0/0. */
export function wilson(n: number, d: number, z = Z): { readonly low: number; readonly high: number } | null {
  if (d === 0) return null;
  const p = n / d;
  const spread = z * Math.sqrt((p * (1 - p)) / d + (z * z) / (4 * d * d));
  const middle = p + (z * z) / (2 * d);
  const scale = 1 + (z * z) / d;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/**
 * Scores and ranks all subjects. The interval of the weighted sum is made of Wilson's of its shares by the square root of the
 * summed squares of their weighted distances (MOVER): shares near 1, as these are, keep their lopsided intervals.
 */
export function rank(scheme: ScoringScheme, subjects: readonly Scored[]): readonly Ranked[] {
  const scored = subjects.map((subject) => scoreOf(scheme, subject));
  return scored
    .map((own) => {
      const { score, low, high } = own;
      if (score === null || low === null || high === null) return own;
      const others = scored.filter((other) => other !== own && other.score !== null);
      return {
        ...own,
        rank: 1 + others.filter((other) => (other.score ?? 0) > score).length,
        bandFrom: 1 + others.filter((other) => (other.low ?? 0) > high).length,
        bandTo: 1 + others.filter((other) => (other.high ?? 0) >= low).length,
      };
    })
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.of < b.of ? -1 : 1));
}

function scoreOf(scheme: ScoringScheme, { of, figures }: Scored): Ranked {
  const nothing = figureOf(0, 0);
  const parts = scheme.weights.map(({ indicator, weight }) => ({ weight, figure: figures.get(indicator) ?? nothing }));
  const least = Math.min(...parts.map(({ figure }) => figure.d ?? 0));
  const isSmall = least < scheme.smallBelow;
  const none = {
    of,
    score: null,
    low: null,
    high: null,
    rank: null,
    bandFrom: null,
    bandTo: null,
    grade: null,
    isSmall,
  };
  let score = 0;
  let [below, above] = [0, 0];
  for (const { weight, figure } of parts) {
    const interval = wilson(figure.n, figure.d ?? 0);
    if (interval === null || figure.value === null) return none;
    score += weight * figure.value;
    below += (weight * (figure.value - interval.low)) ** 2;
    above += (weight * (interval.high - figure.value)) ** 2;
  }
  const bonus = scheme.bonuses
    .filter(({ indicator, from }) => (figures.get(indicator)?.value ?? -1) >= from)
    .reduce((sum, { points }) => sum + points, 0);
  const points = score * 100 + bonus;
  return {
    ...none,
    score: points,
    low: (score - Math.sqrt(below)) * 100 + bonus,
    high: (score + Math.sqrt(above)) * 100 + bonus,
    grade: scheme.grades.find(({ from }) => points >= from)?.code ?? null,
  };
}
