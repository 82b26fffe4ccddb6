import { DAY_MS, HOUR_MS } from '#domain/base/instant.ts';

/** When several reports of one class at one place are a repeated complaint 屡诉未决. */
export interface RepeatPolicy {
  readonly radiusMetres: number;
  readonly days: number;
  /** That many reports or more, open or closed. */
  readonly leastReports: number;
}

/**
 * When two matters may have the same cause 同因. Shares and scores are 0 … 1. All of it is configuration 可配置, and
 * but for the numbers of domain.md §4.2 and §11 a placeholder of ours.
 */
export interface SameCausePolicy {
  /** True until the district has set its own numbers; shown beside them. */
  readonly isPlaceholder: boolean;
  readonly source: string;
  /** What each part adds to the score at its best; their sum is 1. */
  readonly weights: { readonly place: number; readonly class: number; readonly time: number; readonly text: number };
  /** Added when the same person reported both; the score stays at most 1. */
  readonly sameReporterBonus: number;
  /** Within this the place is as good as the same: it counts 1 at the point itself and 0.8 at this distance. */
  readonly closeMetres: number;
  /** From there on the place counts nothing, and nothing is looked for. */
  readonly farMetres: number;
  /** As the distances, in time between the reports. */
  readonly soonMs: number;
  readonly lateMs: number;
  /** Factor of the time when one was closed before the other was reported: it came again rather than twice. */
  readonly closedBeforeFactor: number;
  /** Closed for longer than this: no candidate any more. */
  readonly closedWithinMs: number;
  /** Another class, or none yet: at least so similar a text. */
  readonly otherClassText: number;
  /** Classes whose names are so similar are told as similar. */
  readonly similarClassName: number;
  /** What the place counts when a point is missing and both lie in one unit grid; the text must then be `gridText` similar. */
  readonly sameGridPlace: number;
  readonly gridText: number;
  /** Without a point, addresses so similar are the same place. */
  readonly sameAddress: number;
  /** Nothing known of the place: at least so similar a text. */
  readonly textAlone: number;
  /** What the text counts when one of the two has none. */
  readonly unknownText: number;
  /** Text less similar than this is no reason to be told. */
  readonly toldText: number;
  /** Below it, no candidate; from `strongScore` a person should be asked before the report is filed. */
  readonly leastScore: number;
  readonly strongScore: number;
  readonly repeat: RepeatPolicy;
}

/**
 * Same class within 50 m and 24 h is strong whatever the words say.
 * Source: domain.md §4.2 (similar-case hint, one municipal product), §11 (反复问题预警: same place + class ≥ 2).
 */
export const defaultSameCausePolicy: SameCausePolicy = {
  isPlaceholder: true,
  source: 'domain.md §4.2, §11; the rest is a placeholder 可配置',
  weights: { place: 0.35, class: 0.3, time: 0.15, text: 0.2 },
  sameReporterBonus: 0.05,
  closeMetres: 50,
  farMetres: 150,
  soonMs: 24 * HOUR_MS,
  lateMs: 30 * DAY_MS,
  closedBeforeFactor: 0.5,
  closedWithinMs: 90 * DAY_MS,
  otherClassText: 0.4,
  similarClassName: 0.3,
  sameGridPlace: 0.4,
  gridText: 0.4,
  sameAddress: 0.7,
  textAlone: 0.6,
  unknownText: 0.5,
  toldText: 0.25,
  leastScore: 0.5,
  strongScore: 0.7,
  repeat: { radiusMetres: 50, days: 90, leastReports: 2 },
};
