import type { Role } from '#domain/access/roles.ts';
import type { TableRow } from '#domain/reference/table-spec.ts';

/**
 * What an alarm type watches, with the unit of its threshold and dead band: minutes for `life_danger` (since the report),
 * `urgent_overdue`, `overdue` (past the limit), `not_accepted` (since the order), `machine_report` (since the report),
 * `feed_silent` (since the last report); returns for `returned`; share of the limit left for `ticket_due_soon`; times the
 * threshold of 七天一预警 for `early_warning`; entries for `search_behind`. Faults stand or do not.
 */
export const alarmConditions = [
  'life_danger',
  'urgent_overdue',
  'overdue',
  'not_accepted',
  'returned',
  'ticket_due_soon',
  'machine_report',
  'early_warning',
  'feed_silent',
  'journal_fault',
  'disk_fault',
  'backup_fault',
  'host_fault',
  'search_behind',
] as const;
export type AlarmCondition = (typeof alarmConditions)[number];

/** Priorities that ring: Ⅰ, Ⅱ, Ⅲ. Level Ⅳ never does. */
export type AlarmPriority = 1 | 2 | 3;

/** Duties at the desk that answer for an alarm. */
export const alarmOwners = ['ACCEPTOR', 'DISPATCHER', 'SHIFT_LEADER', 'ADMIN'] as const satisfies readonly Role[];
export type AlarmOwner = (typeof alarmOwners)[number];

/** A row of the A1 table (desk-wall-briefing.md §3): what rings, why, and what to do about it. No cell of it is empty. */
export interface AlarmTypeRow extends TableRow {
  readonly id: string;
  readonly condition: AlarmCondition;
  /** From which value on it stands; its unit is that of the condition. */
  readonly threshold: number;
  /** How far the value must go back behind the threshold before it ends; same unit. */
  readonly deadBand: number;
  /** How long the condition must be over before the alarm ends. */
  readonly offDelaySeconds: number;
  readonly priority: AlarmPriority;
  readonly zh: string;
  readonly en: string;
  readonly causeZh: string;
  readonly causeEn: string;
  readonly consequenceZh: string;
  readonly consequenceEn: string;
  readonly actionZh: string;
  readonly actionEn: string;
  /** Within how many minutes the action must begin. */
  readonly allowedMinutes: number;
  readonly owner: AlarmOwner;
  /** Whether it may be shelved; never true for priority Ⅰ. */
  readonly isShelvable: boolean;
  /** Class codes or their beginnings that it is for; `all` is every class. */
  readonly classes: readonly string[];
}

/** Whether a type is for a class. */
export function isForClass({ classes }: Pick<AlarmTypeRow, 'classes'>, code: string): boolean {
  return classes.some((one) => one === 'all' || code.startsWith(one));
}
