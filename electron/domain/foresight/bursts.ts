import { chanceOfSoMany } from './chance.ts';

/** How many reports of one class came to one place within the window, and what was expected. */
export interface Watched {
  readonly seen: number;
  readonly expected: number;
  /** How many reports of the past the expectation rests on; see {@link surprise}. */
  readonly restsOn: number;
  /** Variance by mean of the class where it is seen often enough to tell. */
  readonly dispersion: number;
}

export interface BurstRules {
  /** How many false alarms a window may bring, on average. */
  readonly falseAlarms: number;
  /** Never fewer than so many, however surprising. */
  readonly least: number;
  /** By which share more than expected: 0.5 is half as many again. */
  readonly growth: number;
}

/**
 * How likely so many or more were. The rate behind the expectation is itself known from so many reports alone: with Jeffreys' prior
 * the next count is negative binomial (the Bayes method of Höhle, Comput. Stat. 22, 2007). Grids have a case of a class every
 * few months: a mean and standard deviation of some days, as EARS C1 to C3 take (Hutwagner et al., J. Urban Health 80, 2003), are
 * both 0 there, and every case would be an alarm.
 */
export function surprise({ seen, expected, restsOn, dispersion }: Watched): number {
  const variance = expected * Math.max(1, dispersion) + (expected * expected) / (restsOn + 0.5);
  return chanceOfSoMany(seen, expected, variance);
}

/**
 * The largest chance that is an alarm. All that is watched was tested, so the budget is shared among it: then the false alarms of
 * a window are at most the budget on average, whatever hangs together (Bonferroni's bound on their expected number).
 */
export function alarmLimit({ falseAlarms }: BurstRules, watched: number): number {
  return watched === 0 ? 0 : falseAlarms / watched;
}

export function isBurst(watched: Watched, chance: number, limit: number, rules: BurstRules): boolean {
  return watched.seen >= rules.least && watched.seen >= watched.expected * (1 + rules.growth) && chance <= limit;
}

/** Expected count and what it rests on, of a place with `seen` reports where `ratio` of them is expected in the window. */
export function expectedAt(seen: number, ratio: number): Pick<Watched, 'expected' | 'restsOn'> {
  return { expected: (seen + 0.5) * ratio, restsOn: seen };
}
