import { DAY_MS, HOUR_MS, SECOND_MS } from '#domain/base/instant.ts';
import { isDay, type Day } from '#domain/reference/day.ts';

const BEIJING_MS = 8 * HOUR_MS;

/**
 * Facts of one case or ticket that count in figures, as numbers, so that a million of them fit into columns. Codes are
 * indexes of a {@link Codes}, 0 is none. `…At` are seconds since 1970, 0 is never; `…DueAt` are milliseconds, 0 is no deadline.
 * Counts stop at 255.
 */
export interface FigureRecord {
  /** Case number: its day `yyyymmdd`, and its serial within that day. */
  idDay: number;
  idSerial: number;
  /** Bits of {@link flag}. */
  flags: number;
  source: number;
  /** Kind and code of the class. */
  classCode: number;
  township: number;
  village: number;
  grid: number;
  /** Where it is: {@link microOf} of WGS-84 degrees, 0 where nobody said. */
  lon: number;
  lat: number;
  /** Unit that has or last had the order. */
  unit: number;
  /** Unit that got the order first. */
  firstUnit: number;
  /** Person that handles or handled it. */
  person: number;
  reportedAt: number;
  registeredAt: number;
  dispatchedAt: number;
  /** When the handling clock stopped: 反馈 of a case, 回复 of a ticket. */
  handledAt: number;
  closedAt: number;
  verifyAskedAt: number;
  checkAskedAt: number;
  /** Deadline of the clock that `stage` names. */
  stageDueAt: number;
  handleDueAt: number;
  /** Deadline of the first contact 首响 of a ticket. */
  contactDueAt: number;
  /** Which clock `stageDueAt` belongs to: {@link stage}. */
  stage: number;
  /** Orders received by units, and those that units sent back. */
  received: number;
  returns: number;
  reworks: number;
  verifies: number;
  verifiesDone: number;
  verifiesOnTime: number;
  checks: number;
  checksDone: number;
  checksOnTime: number;
  checksPassed: number;
  extensions: number;
  suspensions: number;
  /** How much the answer counts 是否解决, 是否满意, in thousandths. */
  solvedCounts: number;
  satisfiedCounts: number;
}

export type FigureField = keyof FigureRecord;

/** Sizes of the fields in memory. */
export const fieldSizes: { readonly [Field in FigureField]: 'u8' | 'u16' | 'u32' | 'f64' } = {
  idDay: 'u32',
  idSerial: 'u32',
  flags: 'u32',
  source: 'u32',
  classCode: 'u32',
  township: 'u32',
  village: 'u32',
  grid: 'u32',
  lon: 'u32',
  lat: 'u32',
  unit: 'u32',
  firstUnit: 'u32',
  person: 'u32',
  reportedAt: 'u32',
  registeredAt: 'u32',
  dispatchedAt: 'u32',
  handledAt: 'u32',
  closedAt: 'u32',
  verifyAskedAt: 'u32',
  checkAskedAt: 'u32',
  stageDueAt: 'f64',
  handleDueAt: 'f64',
  contactDueAt: 'f64',
  stage: 'u8',
  received: 'u8',
  returns: 'u8',
  reworks: 'u8',
  verifies: 'u8',
  verifiesDone: 'u8',
  verifiesOnTime: 'u8',
  checks: 'u8',
  checksDone: 'u8',
  checksOnTime: 'u8',
  checksPassed: 'u8',
  extensions: 'u8',
  suspensions: 'u8',
  solvedCounts: 'u16',
  satisfiedCounts: 'u16',
};

export const stage = { none: 0, register: 1, verify: 2, check: 3 } as const;

/** Facts that are or are not. */
export const flag = {
  isTicket: 1,
  /** 结案, 强制结案, 办结. */
  isClosed: 2,
  /** 不立案. */
  isRejected: 4,
  /** 作废. */
  isVoid: 8,
  /** Is counted as a report of its main case 并案. */
  isMerged: 16,
  /** Came out of a file as ended: has no clocks. */
  isArchived: 32,
  /** Ended before it was reported: an impossible row of a file, in no time to close. */
  isImpossible: 64,
  /** Found by those on patrol or by a camera: 自主发现. */
  isSelfFound: 128,
  isFiledOnTime: 256,
  /** The unit that got it first sent it back: the dispatch 派遣 was not accurate. */
  isBounced: 512,
  isHandledLate: 1_024,
  /** 超时申诉 granted: not overdue in any figure. */
  isExempt: 2_048,
  /** 剔除 granted: in none of the three rates. */
  isExcluded: 4_096,
  isAppealForExclusion: 8_192,
  isAppealGranted: 16_384,
  isAppealRefused: 32_768,
  isContactOnTime: 65_536,
  hasAnsweredSolved: 131_072,
  hasAnsweredSatisfied: 262_144,
  hasResultPhoto: 524_288,
  /** Reported more than a day after it was recorded: a wrong date. */
  isAhead: 1_048_576,
} as const;

export function has(record: Pick<FigureRecord, 'flags'>, bit: number): boolean {
  return (record.flags & bit) !== 0;
}

export function mark(record: FigureRecord, bit: number, isSet: boolean): void {
  record.flags = isSet ? record.flags | bit : record.flags & ~bit;
}

/** Whole seconds of an instant; what a record keeps. Never 0, which means never. */
export function secondsOf(at: number): number {
  return Math.max(1, Math.floor(at / SECOND_MS));
}

/** Degrees as a record keeps them: in millionths, some 10 cm, from -180 on. Never 0, which means nowhere. */
export function microOf(degrees: number | null): number {
  return degrees === null ? 0 : Math.max(1, Math.round((degrees + 180) * 1e6));
}

/** Null for 0. */
export function degreesOf(micro: number): number | null {
  return micro === 0 ? null : micro / 1e6 - 180;
}

/** Texts as numbers, from 1 on. */
export class Codes {
  readonly #indexes = new Map<string, number>();
  readonly #texts: string[] = [''];

  /** The index of a text, a new one if it was never seen; of null 0. */
  index(text: string | null): number {
    if (text === null) return 0;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const next = this.#texts.length;
    this.#indexes.set(text, next);
    this.#texts.push(text);
    return next;
  }

  /** 0 for a text that was never seen. */
  find(text: string): number {
    return this.#indexes.get(text) ?? 0;
  }

  text(index: number): string {
    return this.#texts[index] ?? '';
  }
}

/** A day in Beijing as the count of days since 1970-01-01. */
export function dayNumber(atMs: number): number {
  return Math.floor((atMs + BEIJING_MS) / DAY_MS);
}

/** @throws RangeError for a text that is no day */
export function dayNumberOf(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function dayText(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** Months since year 0 of the month that holds a day. */
export function monthOfDay(number: number): number {
  const date = new Date(number * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** First day of a month that is counted as {@link monthOfDay} does. */
export function firstDayOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS;
}
