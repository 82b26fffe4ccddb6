import type { Instant } from '#domain/base/instant.ts';
import type { Limit } from '#domain/sla/limit.ts';
import type { CasePhoto } from './photos.ts';
import type { CaseState } from './state.ts';

/**
 * How several units work on one case (domain.md §7.5, reading [D]): 一线办件 `frontline` one unit alone, 接续办件 `relay` one
 * after another, each handing over, 联合办件 `joint` several at once under a lead.
 */
export const handleModes = ['frontline', 'relay', 'joint'] as const;
export type HandleMode = (typeof handleModes)[number];

/** `co` 协办, `main` 主责: both answer to the lead, who holds the case. */
export type OrderRole = 'co' | 'main';
/** `waiting` is an order of a relay whose turn has not come. */
export type OrderState = 'waiting' | 'sent' | 'accepted' | 'arrived' | 'answered' | 'waived';

/** An order 子单 beside the lead's own: to a unit and a responsible person 责任到人. Scored on its own (双考核). */
export interface Order {
  /** Case number, a hyphen and a serial from 1. */
  readonly id: string;
  readonly unit: string;
  readonly personId: string | null;
  readonly role: OrderRole;
  /** By which act it came: with the dispatch, by a whistle 吹哨, as a step of a relay. */
  readonly via: 'dispatch' | 'whistle' | 'relay';
  readonly state: OrderState;
  readonly sentAt: Instant | null;
  readonly acceptedAt: Instant | null;
  /** 报到: when the called unit came. */
  readonly arrivedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** What the unit answered, or why the order was waived. */
  readonly words: string | null;
}

/** One step of an endorsement chain 逐级批示. */
export interface EndorsementStep {
  readonly post: string;
  /** Who must endorse; null: whoever holds the post. */
  readonly personId: string | null;
  readonly state: 'waiting' | 'current' | 'endorsed' | 'skipped' | 'sent_back';
  readonly startedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly limitMinutes: number;
  readonly endedAt: Instant | null;
  readonly endedBy: string | null;
  /** Opinion 批示意见, or the reason of a skip. */
  readonly opinion: string | null;
  /** Persons who passed the step on, first one first. */
  readonly delegatedBy: readonly string[];
}

export interface Endorsement {
  readonly steps: readonly EndorsementStep[];
  /** An urgent case may be dispatched while its chain is open 先派后批. */
  readonly mayDispatchFirst: boolean;
}

/** A wish for a longer deadline 延期 that waits; a handler's passes the unit first. */
export interface ExtensionRequest {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
  readonly waitsFor: 'DEPT' | 'DISPATCHER';
}

/** A wish to pause 挂账 that waits. */
export interface SuspensionRequest {
  readonly at: Instant;
  readonly by: string;
  readonly until: Instant;
  readonly reason: string;
}

/** 挂账: the state it left, and when it comes back by itself. */
export interface Suspension {
  readonly since: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly previous: CaseState['state'];
}

export const supervisionKinds = ['timeout', 'leader', 'key'] as const;
/** 督办, and its answer. `party` is the code of a supervising party 督办方 (五方督). */
export interface Supervision {
  readonly id: string;
  readonly kind: (typeof supervisionKinds)[number];
  readonly level: 1 | 2 | 3;
  readonly party: string;
  readonly reason: string;
  readonly at: Instant;
  readonly by: string;
  /** Until when an answer is wanted; null: none is. */
  readonly answerBy: Instant | null;
  readonly answer: { readonly at: Instant; readonly by: string; readonly words: string } | null;
}

/** 超时申诉 of a case or ticket that was overdue, or 剔除申诉 of a ticket (domain.md §4.5, §7.7). */
export interface Appeal {
  readonly kind: 'overdue' | 'exclude';
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
  readonly reviews: readonly {
    readonly at: Instant;
    readonly by: string;
    readonly isGranted: boolean;
    readonly opinion: string;
  }[];
  readonly result: 'pending' | 'granted' | 'refused';
}

/** A report that was merged into this case 并案, with everything that its reporter is owed. */
export interface MergedReport {
  readonly caseId: string;
  readonly source: CaseState['source'];
  readonly reporterId: string | null;
  readonly external: CaseState['external'];
  readonly reportedAt: Instant;
  readonly description: string;
  /** Its own deadline of handling then; the earliest one counts for the whole. */
  readonly handleDueAt: Instant | null;
  readonly at: Instant;
}

/** What the collector saw before 立案: 存在, 不存在, 无法核实. */
export const verificationResults = ['exists', 'absent', 'unable'] as const;
export interface Verification {
  readonly collectorId: string;
  readonly result: (typeof verificationResults)[number] | null;
  readonly opinion: string | null;
}

/** Facts that only a ticket 工单 has (domain.md §7.6). */
export interface TicketFacts {
  /** Code of the time class 四时段. */
  readonly timeClass: string;
  /** When the city centre issued it; its clocks count from here. */
  readonly issuedAt: Instant;
  readonly isConfidential: boolean;
  readonly signedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  /** By when the caller must have been called 首响. */
  readonly contactDueAt: Instant;
  readonly firstContactAt: Instant | null;
  readonly contactResult: string | null;
  readonly returnRequest: {
    readonly at: Instant;
    readonly by: string;
    readonly reasonCode: string;
    readonly reason: string;
  } | null;
  /** 1 the first time, one more for each 未解决再办. */
  readonly round: number;
  readonly reply: string | null;
  readonly solved: string | null;
  readonly satisfied: string | null;
}

/** Who reported, by the record of the side store; what it held is gone since `erasedAt`. */
export interface ReporterFacts {
  readonly ref: string;
  readonly isConfidential: boolean;
  readonly erasedAt: Instant | null;
}

/**
 * Everything that most cases never have. One object, shared by all cases that have none of it, so that a step of a plain
 * case copies nothing of this.
 */
export interface SideFacts {
  readonly mode: HandleMode;
  readonly orders: readonly Order[];
  /** First unit that accepted or signed 首接单位: it leads to the end where several units work (domain.md §7.2). */
  readonly firstReceiver: string | null;
  /** Unit that must get the case next, after 结案不通过 (row 18). */
  readonly redispatchTo: string | null;
  readonly endorsement: Endorsement | null;
  readonly verification: Verification | null;
  readonly extensionRequest: ExtensionRequest | null;
  readonly extensionCount: number;
  readonly suspensionRequest: SuspensionRequest | null;
  readonly suspension: Suspension | null;
  readonly suspensionCount: number;
  readonly supervisions: readonly Supervision[];
  readonly urgeCount: number;
  /** Raised to a higher level 提级; hard cases enter the 疑难台账. */
  readonly escalationCount: number;
  readonly isHardCase: boolean;
  readonly appeal: Appeal | null;
  readonly merged: readonly MergedReport[];
  /** The case this one was merged into, and its state before. */
  readonly mergedInto: { readonly caseId: string; readonly before: CaseState } | null;
  /** What a recall would restore, until the window closes. */
  readonly recall: { readonly until: Instant; readonly before: CaseState } | null;
  readonly endReason: string | null;
  /** In the order in which they came. */
  readonly photos: readonly CasePhoto[];
  readonly reporter: ReporterFacts | null;
  readonly ticket: TicketFacts | null;
}

export const noSide: SideFacts = {
  mode: 'frontline',
  orders: [],
  firstReceiver: null,
  redispatchTo: null,
  endorsement: null,
  verification: null,
  extensionRequest: null,
  extensionCount: 0,
  suspensionRequest: null,
  suspension: null,
  suspensionCount: 0,
  supervisions: [],
  urgeCount: 0,
  escalationCount: 0,
  isHardCase: false,
  appeal: null,
  merged: [],
  mergedInto: null,
  recall: null,
  endReason: null,
  photos: [],
  reporter: null,
  ticket: null,
};

/** A limit as it was taken from the table, kept in events so that no table is needed to read them. */
export interface TakenLimit extends Limit {
  /** Which row of the limit table: its class or clock, in words. */
  readonly basis: string;
}
