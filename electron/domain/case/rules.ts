import type { Instant } from '#domain/base/instant.ts';
import type { Limit } from '#domain/sla/limit.ts';
import type { WorkCalendar } from '#domain/sla/work-calendar.ts';
import type { RecordKind } from './lifecycle.ts';
import type { PhotoStep } from './photos.ts';
import type { TakenLimit } from './side.ts';
import type { ClassRef } from './state.ts';

/** Which limit is asked for: a clock of a case, or the response and handling limits of a ticket's time class 四时段. */
export interface LimitQuery {
  readonly record: RecordKind;
  readonly clock: 'register' | 'verify' | 'dispatch' | 'handle' | 'check' | 'contact';
  readonly classRef: ClassRef;
  /** Finest known area of the place; a responsibility there may have a limit of its own. */
  readonly areaCode: string | null;
  readonly timeClass: string | null;
  /** 立案条件 that was chosen; a limit may depend on it. */
  readonly condition: string | null;
  readonly at: Instant;
}

/** Settings of the rule book that no standard fixes; each is a row of `policies.csv` with effective dates (可配置). */
export interface CasePolicies {
  /** How long a dispatch can be recalled 撤回, ms. */
  readonly recallWindowMs: number;
  /** How long after its arrival a ticket's return can be asked for 退单. */
  readonly ticketReturnWindow: Limit;
  /** How long after the end an appeal can be filed 申诉, by record. */
  readonly appealWindow: Readonly<Record<RecordKind, Limit>>;
  readonly appealReviewers: number;
  readonly maxExtensions: number;
  readonly maxSuspensions: number;
  readonly maxSuspensionDays: number;
  /** After 返工 the deadline is kept, or moves by the time that the case was not at the unit. */
  readonly reworkDeadline: 'keep' | 'resume';
  /** Urgent cases may be dispatched before their endorsement chain has ended 先派后批. */
  readonly urgentDispatchesFirst: boolean;
  readonly adminMayForceClose: boolean;
  /** How often a ticket may be handled again after 未解决. */
  readonly maxTicketRounds: number;
  /** Steps that need a photo (rows 1, 3, 11, 16); a report of a collector alone. */
  readonly photoNeededAt: Readonly<Record<PhotoStep, boolean>>;
}

/** The rule tables in force, as `decide` reads them. The host supplies them; every entry names their versions. */
export interface CaseRules {
  readonly calendar: WorkCalendar;
  policiesAt(at: Instant): CasePolicies;
  limitFor(query: LimitQuery): TakenLimit;
  /** `return` is 回退 of a case, `ticket_return` 退单 of a ticket. */
  isReturnReason(action: 'return' | 'ticket_return', code: string, at: Instant): boolean;
  /** Urgent classes 紧急 may go out before their endorsement chain has ended. */
  isUrgent(query: Pick<LimitQuery, 'record' | 'classRef' | 'timeClass'>, at: Instant): boolean;
  isSupervisingParty(code: string, at: Instant): boolean;
  isTimeClass(code: string, at: Instant): boolean;
  isCallBackAnswer(question: 'solved' | 'satisfied', code: string, at: Instant): boolean;
  /** 管控区域/时段: why this class must not be reported there now; null if it may. */
  blackout(classRef: ClassRef, gridCode: string | null, at: Instant): string | null;
}
