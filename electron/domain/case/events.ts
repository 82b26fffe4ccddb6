import type { Role } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { NewOrder } from './commands.ts';
import type { Photo } from './photos.ts';
import type { Appeal, HandleMode, MergedReport, Supervision, TakenLimit, Verification } from './side.ts';
import type { CaseState, ClassRef, ClockName, ExternalRef, Place, ReturnPost, Source } from './state.ts';

/**
 * What every event carries: which case, its new version, when the host recorded it, and who acted in which role.
 * Type names end in their version and are read forever; a change of shape is a new version with an upcaster.
 */
export interface EventBase {
  readonly caseId: string;
  readonly version: number;
  readonly at: Instant;
  readonly by: { readonly id: string; readonly role: Role; readonly unit: string | null };
}

interface ReportFacts {
  readonly source: Source;
  readonly classRef: ClassRef;
  readonly place: Place;
  readonly description: string;
  readonly reportedAt: Instant;
  readonly reporterId: string | null;
  readonly external: ExternalRef | null;
  readonly extra: Readonly<Record<string, string>>;
  readonly isDemo: boolean;
}

/** A deadline that begins, and the limit it was made of. */
interface Deadline {
  readonly limit: TakenLimit;
  readonly dueAt: Instant;
  readonly isProvisional: boolean;
}

/** An order 子单 with the id it got. */
export interface SentOrder extends NewOrder {
  readonly id: string;
}

interface Facts {
  /** `dueAt` is the end of the filing clock 受理; null for reports out of a file, whose clock nobody started. */
  'case.reported.v2': ReportFacts & {
    readonly state: 'reported' | 'pending_register';
    readonly dueAt: Instant | null;
    readonly photos: readonly Photo[];
  };
  /** A case that an outside file brought as already closed, with its own dates. */
  'case.archived.v1': ReportFacts & { readonly closedAt: Instant | null };
  'case.verify_requested.v1': { readonly collectorId: string; readonly dueAt: Instant };
  'case.verified.v2': {
    readonly result: NonNullable<Verification['result']>;
    readonly opinion: string | null;
    readonly photos: readonly Photo[];
    readonly dueAt: Instant;
  };
  /** `condition`: the condition for filing 立案条件 in words. */
  'case.registered.v1': { readonly condition: string; readonly dueAt: Instant };
  'case.rejected.v1': { readonly reason: string };
  'case.voided.v1': { readonly reason: string };
  /** `deadline` is null when the clock runs already: then the deadline stays (row 8, row 18). */
  'case.dispatched.v2': {
    readonly unit: string;
    readonly personId: string | null;
    readonly mode: HandleMode;
    readonly orders: readonly SentOrder[];
    readonly opinion: string | null;
    readonly deadline: Deadline | null;
    readonly recallUntil: Instant;
  };
  'case.sub_dispatched.v2': {
    readonly unit: string;
    readonly personId: string | null;
    readonly mode: HandleMode | null;
    readonly orders: readonly SentOrder[];
    readonly opinion: string | null;
    readonly recallUntil: Instant;
  };
  'case.recalled.v1': { readonly reason: string | null };
  /** 回退. `to` is the state the case gets, `unit` who has it then; `returnedTo` names the post when it is `returned`. */
  'case.returned.v2': {
    readonly to: 'returned' | 'pending_handle' | 'handling';
    readonly unit: string | null;
    readonly returnedTo: ReturnPost | null;
    /** Null only in what was recorded before return reasons had codes. */
    readonly reasonCode: string | null;
    readonly reason: string;
  };
  'case.accepted.v1': { readonly handlerId: string };
  /** `result`: what was done, in words. */
  'case.handled.v2': { readonly result: string; readonly photos: readonly Photo[] };
  'case.fed_back.v1': { readonly opinion: string | null };
  /** `dueAt` is the deadline that counts from now on; null: the one before, as recorded before it could move. */
  'case.reworked.v2': { readonly unit: string; readonly reason: string; readonly dueAt: Instant | null };
  'case.check_requested.v1': { readonly collectorId: string; readonly dueAt: Instant };
  'case.checked.v2': {
    readonly result: NonNullable<CaseState['lastCheck']>;
    readonly opinion: string | null;
    readonly photos: readonly Photo[];
  };
  'case.closed.v1': { readonly condition: string };
  'case.close_failed.v1': { readonly unit: string; readonly reason: string; readonly dueAt: Instant };
  'case.force_closed.v1': { readonly reason: string };
  'case.escalated.v1': { readonly unit: string | null; readonly reason: string; readonly isHardCase: boolean };
  'case.handed_over.v1': {
    readonly orderId: string;
    readonly unit: string;
    readonly personId: string | null;
    readonly words: string;
  };
  'case.whistled.v1': { readonly orders: readonly SentOrder[]; readonly reason: string };
  'case.order_accepted.v1': { readonly orderId: string; readonly handlerId: string | null };
  'case.order_arrived.v1': { readonly orderId: string };
  'case.order_answered.v1': { readonly orderId: string; readonly words: string };
  'case.order_waived.v1': { readonly orderId: string; readonly reason: string };
  'case.endorsement_started.v1': {
    readonly steps: readonly {
      readonly post: string;
      readonly personId: string | null;
      readonly limitMinutes: number;
    }[];
    readonly mayDispatchFirst: boolean;
  };
  'case.endorsed.v1': { readonly decision: 'agree' | 'send_back'; readonly opinion: string };
  'case.endorsement_delegated.v1': { readonly personId: string; readonly reason: string };
  'case.endorsement_skipped.v1': { readonly reason: string };
  'case.extension_requested.v1': { readonly reason: string; readonly waitsFor: 'DEPT' | 'DISPATCHER' };
  'case.extension_passed.v1': Record<never, never>;
  'case.extended.v1': {
    readonly limit: TakenLimit;
    readonly dueAt: Instant;
    readonly isProvisional: boolean;
    readonly opinion: string;
  };
  'case.extension_refused.v1': { readonly opinion: string };
  'case.suspension_requested.v1': { readonly until: Instant; readonly reason: string };
  'case.suspended.v1': { readonly until: Instant; readonly reason: string; readonly opinion: string };
  'case.suspension_refused.v1': { readonly opinion: string };
  'case.resumed.v1': { readonly dueAt: Instant; readonly isProvisional: boolean };
  'case.supervised.v1': {
    readonly supervisionId: string;
    readonly kind: Supervision['kind'];
    readonly level: Supervision['level'];
    readonly party: string;
    readonly reason: string;
    readonly answerBy: Instant | null;
  };
  'case.supervision_answered.v1': { readonly supervisionId: string; readonly words: string };
  'case.urged.v1': { readonly words: string };
  'case.appealed.v1': { readonly kind: Appeal['kind']; readonly reason: string };
  'case.appeal_reviewed.v1': {
    readonly isGranted: boolean;
    readonly opinion: string;
    readonly result: Appeal['result'];
  };
  /** On the case that goes on: what it took in. The earliest deadline of all counts from now on. */
  'case.merged.v1': {
    readonly reports: readonly Omit<MergedReport, 'at'>[];
    readonly reason: string;
  };
  /** On each case that was merged into `into`. */
  'case.merged_into.v1': { readonly into: string; readonly reason: string };
  'case.unmerged.v1': { readonly id: string; readonly reason: string };
  'case.unmerged_from.v1': { readonly from: string; readonly reason: string };
  /** Tables changed: `after` replaces the deadline `before` of the clock that runs. */
  'case.redated.v1': {
    readonly clock: ClockName;
    readonly before: Instant;
    readonly after: Instant;
    readonly limit: TakenLimit;
    readonly isProvisional: boolean;
    readonly reason: string;
  };
  /** Beside the first event of a case whose reporter is in the side store; `ref` names the record, never the person. */
  'case.reporter_recorded.v1': { readonly ref: string; readonly isConfidential: boolean };
  'case.reporter_revealed.v1': { readonly reason: string };
  'case.reporter_erased.v1': { readonly ref: string; readonly reason: string };
  'ticket.received.v1': Omit<ReportFacts, 'source' | 'external' | 'reportedAt'> & {
    readonly external: ExternalRef;
    readonly issuedAt: Instant;
    readonly timeClass: string;
    readonly unit: string;
    readonly isConfidential: boolean;
    /** End of the dispatch clock. */
    readonly dueAt: Instant;
    readonly contactDueAt: Instant;
    readonly handle: Deadline;
  };
  'ticket.signed.v1': Record<never, never>;
  'ticket.return_requested.v1': { readonly reasonCode: string; readonly reason: string };
  'ticket.return_reviewed.v1': { readonly unit: string | null; readonly opinion: string };
  'ticket.assigned.v1': {
    readonly unit: string;
    readonly personId: string | null;
    readonly mode: HandleMode;
    readonly orders: readonly SentOrder[];
    readonly opinion: string | null;
    readonly recallUntil: Instant;
  };
  'ticket.accepted.v1': { readonly handlerId: string };
  'ticket.contacted.v1': { readonly result: string; readonly handlerId: string | null };
  'ticket.work_started.v1': Record<never, never>;
  'ticket.replied.v1': { readonly reply: string };
  'ticket.call_back_begun.v1': Record<never, never>;
  'ticket.concluded.v1': { readonly solved: string; readonly satisfied: string };
  'ticket.redone.v1': {
    readonly reason: string;
    readonly limit: TakenLimit;
    readonly dueAt: Instant;
    readonly isProvisional: boolean;
  };
}

export type CaseEventType = keyof Facts;
export type EventOf<Type extends CaseEventType> = EventBase & { readonly type: Type } & Facts[Type];
/** A fact about a case, in the newest form of its type. */
export type CaseEvent = { [Type in CaseEventType]: EventOf<Type> }[CaseEventType];

/** Forms that are no longer written and read forever; see upcast.ts. */
interface OldFacts {
  'case.reported.v1': Omit<Facts['case.reported.v2'], 'photos'>;
  'case.verified.v1': Omit<Facts['case.verified.v2'], 'photos'>;
  'case.handled.v1': Omit<Facts['case.handled.v2'], 'photos'>;
  'case.checked.v1': Omit<Facts['case.checked.v2'], 'photos'>;
  'case.dispatched.v1': { readonly unit: string; readonly opinion: string | null; readonly dueAt: Instant };
  'case.sub_dispatched.v1': { readonly unit: string; readonly opinion: string | null };
  'case.returned.v1': {
    readonly to: 'returned' | 'pending_handle' | 'handling';
    readonly returnedTo: 'ACCEPTOR' | 'DISPATCHER' | null;
    readonly reason: string;
  };
  'case.reworked.v1': { readonly unit: string; readonly reason: string };
}
export type OldEvent = {
  [Type in keyof OldFacts]: EventBase & { readonly type: Type } & OldFacts[Type];
}[keyof OldFacts];

/** An event as a journal may hold it. */
export type StoredEvent = CaseEvent | OldEvent;
