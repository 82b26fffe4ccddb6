import { Random } from '#domain/base/random.ts';
import { seedOf } from './seed-of.ts';

/**
 * How often something happens to a case or ticket; "case" is a grid case. Marked: design = live-and-storage.md §6, domain =
 * domain.md; everything else is our judgement, chosen so that a demonstration shows it within minutes without its looking
 * like a bad day.
 */
export const chances = {
  /** Of duplicates whose first report is still open; the rest is overlooked and handled twice. */
  merged: 0.8,
  /** Of merges: it was another matter after all. */
  unmerged: 0.06,
  /** Of cases that no collector reported. */
  verified: 0.55,
  /** At filing, beside those verified as absent; together 4 % (design: refused at filing). */
  rejected: 0.02,
  voided: 0.01,
  /** The dispatcher sends it back to the acceptor (row 7). */
  notOurs: 0.005,
  /** Design: wrong unit 6 %, of them two in three to another township or department, the rest to another village. */
  wrongUnit: 0.04,
  wrongVillage: 0.02,
  /** Sent to a wrong unit, seen within the recall window; tickets likewise. */
  recalled: 0.012,
  /** Straight to the unit that handles it, past its township. */
  direct: 0.3,
  /** Of duties that name co-units. */
  joint: 0.7,
  relay: 0.06,
  /** Cases whose dispatch a leader endorses first, beside all that leaders report. */
  caseEndorsed: 0.015,
  /** Tickets: the townships' way (domain §7.5), but much goes out without. */
  ticketEndorsed: 0.55,
  whistled: 0.02,
  ticketWhistled: 0.08,
  /** Asked for; four in five are granted (design: delay granted 3 %). */
  extended: 0.04,
  suspended: 0.02,
  /** Design: urged 4 %. */
  urged: 0.04,
  supervised: 0.015,
  /** Design: to a leader 0.5 %; plus what a village hands up. */
  escalated: 0.01,
  forceClosed: 0.002,
  /** Of closings that were overdue. */
  appealed: 0.4,
  /** Of tickets whose caller was not content. */
  excluded: 0.3,
  /** Tickets that the right township tries to give back. */
  ticketReturned: 0.02,
  /** Late by the host's clock, where the limit is short. */
  late: 0.05,
} as const;
export type ChanceName = keyof typeof chances;

/** Shares of single steps, drawn anew at each version. */
export const shares = {
  toCommunity: 0.75,
  toGrid: 0.5,
  toDepartment: 0.4,
  givenBack: 0.02,
  resultRejected: 0.03,
  /** Design: rework 5 %, of these 20 % a second time; 1 % of them by row 18. */
  checkFailed: 0.04,
  checkFailedAgain: 0.2,
  checkUnable: 0.012,
  closeFailed: 0.01,
  verifiedAbsent: 0.08,
  verifiedUnable: 0.05,
  waived: 0.06,
  sentBack: 0.03,
  delegated: 0.05,
  skipped: 0.03,
  granted: 0.8,
  /** Answers at the call-back: solved 82, partly 8, the rest not; one in two of these is handled again. */
  solved: 0.82,
  partly: 0.08,
  redone: 0.5,
} as const;

/** Whether a case is one of those: from seed and case alone, so that it stays one through all its versions. */
export function isOneOf(seed: number, name: ChanceName, caseId: string): boolean {
  return new Random(seedOf(seed, name, caseId)).chance(chances[name]);
}
