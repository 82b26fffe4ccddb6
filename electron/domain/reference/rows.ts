import type { LimitUnit } from '#domain/sla/limit.ts';
import type { Hours } from './columns.ts';
import type { Day } from './day.ts';
import type { TableRow } from './table-spec.ts';

/** Clocks of cases (domain.md §5.1) and of tickets (§7.1): answer the caller, dispatch, handle and feed back. */
export const limitClocks = [
  'register',
  'dispatch',
  'verify',
  'check',
  'handle',
  'contact',
  'ticket_dispatch',
  'ticket_handle',
] as const;
export type LimitClock = (typeof limitClocks)[number];

/** One limit 时限. Empty columns mean all; see `limitRowFor` for which row counts. */
export interface LimitRow extends TableRow {
  readonly record: 'case' | 'ticket';
  readonly clock: LimitClock;
  readonly timeClass: string | null;
  readonly standard: string | null;
  readonly kind: 'component' | 'matter' | null;
  /** Class code or its beginning; empty is any class. */
  readonly code: string;
  /** 立案条件 in words; with the columns before it the key. */
  readonly condition: string;
  /** Of several conditions of one class the one that counts while none was chosen. */
  readonly isDefault: boolean;
  /** 结案条件 in words. */
  readonly closeCondition: string;
  readonly value: number;
  readonly unit: LimitUnit;
}

/** A class 小类 of the district's own, beside the standard's (domain.md §3.5). */
export interface LocalClassRow extends TableRow {
  readonly standard: string;
  readonly kind: 'component' | 'matter';
  readonly groupCode: string;
  readonly groupName: string;
  readonly code: string;
  readonly name: string;
  readonly isLocalExtension: boolean;
  /** May be dispatched before it is registered or endorsed, and stands first: 突发事件. */
  readonly isUrgent: boolean;
}

/** One of the 四时段 (domain.md §7.1), a label over configurable ticket classes. */
export interface TimeClassRow extends TableRow {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Place in the list. */
  readonly order: number;
  readonly isUrgent: boolean;
}

/** How a ticket is handled: 一线, 接续, 联合办件 (domain.md §7.5). */
export const handleModes = ['frontline', 'relay', 'joint'] as const;

/**
 * A demand class of tickets, in three levels a → b → c: two digits each, so a parent's code is the beginning. A class
 * without a time class has that of the nearest one above.
 */
export interface TicketClassRow extends TableRow {
  readonly code: string;
  readonly name: string;
  readonly timeClass: string | null;
  readonly handleMode: (typeof handleModes)[number] | null;
  /** Words in a description that suggest the class. */
  readonly keywords: readonly string[];
}

export const unitKinds = [
  'district_desk',
  'township',
  'community',
  'zone',
  'department',
  'utility_company',
  'office',
  'enforcement_team',
  'service_centre',
  'grid',
  'other',
] as const;
/** Kinds of units (domain.md §8.1, 13): desk 城指中心, 镇街, 村居, 功能区, 委办局, 公共服务企业, 科室, 综合执法队, 中心, 网格. */
export type UnitKind = (typeof unitKinds)[number];

/** A unit that can receive orders. Territorial units carry the code of their area in the net. */
export interface UnitRow extends TableRow {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly parent: string | null;
  /** What the unit does for its township in one word, as `@office:环卫` names it. */
  readonly role: string | null;
  /** The township that its statistical code says. */
  readonly statTownship: string | null;
  /** The township that manages it: dispatch and scoring use this one (domain.md §1, 10). */
  readonly managingTownship: string | null;
  /** Who took over when the unit was dissolved. */
  readonly successor: string | null;
}

/** Posts a person can hold (domain.md §7.5, 8.1, 13). */
export const posts = [
  'grid_lead',
  'grid_pro',
  'grid_full',
  'grid_part',
  'village_cadre',
  'village_secretary',
  'desk_lead',
  'leader',
  'duty_officer',
  'office_head',
  'team_leader',
  'handler',
] as const;
/** 网格长, 专业/专职/兼职网格员, 包村干部, 村居党支部书记, 专班组长, 主管领导, 值班, 科室负责人, 队长, 处置人员. */
export type Post = (typeof posts)[number];

/** A person in a post, under a pseudonym (JN12). The five fixes are 定岗, 定员, 定位, 定标, 定责. */
export interface PersonRow extends TableRow {
  readonly id: string;
  readonly display: string;
  readonly unit: string;
  readonly post: Post;
  readonly grid: string | null;
  /** Masked. */
  readonly phone: string | null;
  readonly isPostFixed: boolean;
  readonly isPersonFixed: boolean;
  readonly isAreaFixed: boolean;
  readonly isStandardFixed: boolean;
  readonly isDutyFixed: boolean;
}

/** Who is responsible for a class at a place 权责清单. `lead` and `co` are unit codes or role words, see `duty-unit.ts`. */
export interface DutyRow extends TableRow {
  readonly kind: 'component' | 'matter' | 'ticket' | null;
  readonly code: string;
  readonly area: string | null;
  /** Time of day in Beijing. */
  readonly hours: Hours;
  readonly lead: string;
  readonly co: readonly string[];
  /** The post in the lead unit that an order names. */
  readonly personPost: Post | null;
  /** Overrides the limit table; both or neither. */
  readonly limitValue: number | null;
  readonly limitUnit: LimitUnit | null;
  readonly fileCondition: string;
  readonly closeCondition: string;
  /** 下放: enforced by the township's team in the township's name. */
  readonly isDelegated: boolean;
  /** White-listed for automatic dispatch. */
  readonly isAutomatic: boolean;
}

/** What a reason may be given for. */
export const reasonActions = [
  'return',
  'return_ticket',
  'not_accept',
  'void',
  'rework',
  'extend',
  'suspend',
  'appeal',
  'force_close',
] as const;
export type ReasonAction = (typeof reasonActions)[number];

/** A reason 原因 that is chosen, not written. */
export interface ReasonRow extends TableRow {
  readonly code: string;
  readonly action: ReasonAction;
  readonly zh: string;
  readonly en: string;
  /** The dispatch was wrong: counted against 准确派遣率. */
  readonly countsAgainstDispatcher: boolean;
}

/** An answer at the call-back 回访 and how it counts (domain.md §7.3). */
export interface CallbackAnswerRow extends TableRow {
  readonly question: 'solved' | 'satisfied';
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Share of one ticket that enters the numerator, 0 to 1. */
  readonly counts: number;
  /** Whether the ticket enters the denominator. */
  readonly isValid: boolean;
}

/** One of the 五方督. */
export interface SupervisingPartyRow extends TableRow {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly unit: string | null;
}

/** One step of 逐级批示: who endorses a ticket of a township, and within how long. */
export interface EndorsementRow extends TableRow {
  /** Empty: any township without rows of its own. */
  readonly township: string | null;
  readonly timeClass: string | null;
  readonly step: number;
  readonly post: Post;
  readonly deadlineMinutes: number;
  /** The order may go out before this step is done. */
  readonly mayDispatchFirst: boolean;
}

/** One row of a scoring scheme 考核方案; what `value` means depends on `part`. */
export interface ScoringRow extends TableRow {
  readonly scheme: string;
  /** Weight of a share, share from which `points` are added, least score of a grade, score aimed at, least count. */
  readonly part: 'weight' | 'bonus' | 'grade' | 'target' | 'small';
  /** An indicator that is a share, or the code of a grade. */
  readonly id: string;
  readonly value: number;
  readonly points: number | null;
  readonly zh: string;
  readonly en: string;
}

export interface PolicyRow extends TableRow {
  readonly key: string;
  readonly value: string;
  readonly unit: string | null;
}

/** A holiday 节假日 or a make-up workday 调休. */
export interface CalendarRow extends TableRow {
  readonly date: Day;
  readonly kind: 'holiday' | 'workday';
  readonly name: string;
}

/** Working hours of working days, as `08:00-12:00 14:00-18:00`. */
export interface WorkHoursRow extends TableRow {
  readonly periods: string;
}

/** 管控区域/时段: classes that must not be reported in an area and at a time, with the words the reporter is shown. */
export interface BlackoutRow extends TableRow {
  readonly id: string;
  readonly kind: 'component' | 'matter' | null;
  /** Class code or its beginning; empty is any class. */
  readonly code: string;
  readonly area: string | null;
  readonly hours: Hours;
  readonly message: string;
  readonly approvedBy: string;
}
