import type { Instant } from '#domain/base/instant.ts';
import type { Source } from '#domain/case/state.ts';
import type { AlarmCondition, AlarmPriority } from './alarm-type.ts';

/** What an alarm is about, in facts that screens put into words. Never personal data, never free text of a case. */
export type AlarmAbout =
  | { readonly kind: 'case'; readonly caseId: string; readonly className: string }
  /** `value` reports in seven days of a class in a township; `against` is the threshold of 七天一预警. */
  | { readonly kind: 'area'; readonly className: string; readonly value: number; readonly against: number }
  | { readonly kind: 'source'; readonly source: Source }
  /** A health fact with its code and what fills its words. */
  | { readonly kind: 'fact'; readonly code: string; readonly detail: Readonly<Record<string, string>> }
  | { readonly kind: 'search'; readonly behind: number };

/** Where it is: codes of the managing township and of the grid; null where it has no place. */
export interface AlarmPlace {
  readonly area: string | null;
  readonly grid: string | null;
}

/** What stands now for one subject: a case, a health fact, an area. `key` is one for each condition and subject. */
export interface Reading {
  readonly key: string;
  readonly typeId: string;
  readonly condition: AlarmCondition;
  readonly priority: AlarmPriority;
  readonly isShelvable: boolean;
  readonly offDelayMs: number;
  readonly place: AlarmPlace;
  readonly about: AlarmAbout;
}

/** new 新 → acknowledged 已确认 → in hand 处理中; an alarm that was acknowledged ends when its condition does. */
export const alarmStates = ['new', 'acknowledged', 'in_hand'] as const;
export type AlarmState = (typeof alarmStates)[number];

export interface AlarmAct {
  readonly by: string;
  readonly at: Instant;
}

/** Shelved 搁置: out of the way until an end, for a reason. */
export interface AlarmShelf extends AlarmAct {
  readonly reason: string;
  readonly until: Instant;
}

/** One row of the alarm list. Several subjects share it when they chatter (A4). */
export interface Alarm {
  /** Counts up and is never given again. */
  readonly id: number;
  readonly typeId: string;
  readonly condition: AlarmCondition;
  readonly priority: AlarmPriority;
  readonly isShelvable: boolean;
  readonly place: AlarmPlace;
  /** Of the subject that came last. */
  readonly about: AlarmAbout;
  readonly state: AlarmState;
  readonly raisedAt: Instant;
  /** When it was raised last. */
  readonly lastAt: Instant;
  /** How often it was raised. */
  readonly count: number;
  /** Keys of subjects whose condition stands. None: it has returned to normal. */
  readonly active: readonly string[];
  /** When the last condition ended; null while one stands. */
  readonly endedAt: Instant | null;
  readonly acknowledged: AlarmAct | null;
  readonly inHand: AlarmAct | null;
  readonly shelf: AlarmShelf | null;
}

/** How an alarm stands in lists: its state, or that it is shelved, or that it returned to normal before anybody saw it. */
export type AlarmStanding = AlarmState | 'returned' | 'shelved';

export function standingOf({ state, active, shelf }: Pick<Alarm, 'state' | 'active' | 'shelf'>): AlarmStanding {
  if (shelf !== null) return 'shelved';
  return state === 'new' && active.length === 0 ? 'returned' : state;
}

/** Whether somebody must still acknowledge it. */
export function isWaiting(alarm: Pick<Alarm, 'state' | 'shelf'>): boolean {
  return alarm.state === 'new' && alarm.shelf === null;
}
