import type { Role } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { ClassRef, ExternalRef, Place, Source } from './state.ts';

/**
 * What every event carries: which case, its new version, when the host recorded it, and who acted in which role.
 * Type names end in their version and are read forever; a change of shape is a new version with an upcaster.
 */
interface EventBase {
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

/** `dueAt` is the end of the filing clock 受理; null for reports out of a file, whose clock nobody started. */
export interface CaseReported extends EventBase, ReportFacts {
  readonly type: 'case.reported.v1';
  readonly state: 'reported' | 'pending_register';
  readonly dueAt: Instant | null;
}

/** A case that an outside file brought as already closed, with its own dates. */
export interface CaseArchived extends EventBase, ReportFacts {
  readonly type: 'case.archived.v1';
  readonly closedAt: Instant | null;
}

export interface CaseRegistered extends EventBase {
  readonly type: 'case.registered.v1';
  /** Condition for filing 立案条件 in words. */
  readonly condition: string;
  readonly dueAt: Instant;
}

export interface CaseDispatched extends EventBase {
  readonly type: 'case.dispatched.v1';
  readonly unit: string;
  readonly opinion: string | null;
  readonly dueAt: Instant;
}

export interface CaseSubDispatched extends EventBase {
  readonly type: 'case.sub_dispatched.v1';
  readonly unit: string;
  readonly opinion: string | null;
}

export interface CaseAccepted extends EventBase {
  readonly type: 'case.accepted.v1';
  readonly handlerId: string;
}

export interface CaseHandled extends EventBase {
  readonly type: 'case.handled.v1';
  /** What was done, in words. */
  readonly result: string;
}

export interface CaseFedBack extends EventBase {
  readonly type: 'case.fed_back.v1';
  readonly opinion: string | null;
}

export interface CheckRequested extends EventBase {
  readonly type: 'case.check_requested.v1';
  readonly collectorId: string;
  readonly dueAt: Instant;
}

export interface CaseChecked extends EventBase {
  readonly type: 'case.checked.v1';
  readonly result: 'passed' | 'failed' | 'unable';
  readonly opinion: string | null;
}

export interface CaseReworked extends EventBase {
  readonly type: 'case.reworked.v1';
  readonly unit: string;
  readonly reason: string;
}

/** 回退. `to` is the state the case gets; `returnedTo` names the post when that state is `returned`. */
export interface CaseReturned extends EventBase {
  readonly type: 'case.returned.v1';
  readonly to: 'returned' | 'pending_handle' | 'handling';
  readonly returnedTo: 'ACCEPTOR' | 'DISPATCHER' | null;
  readonly reason: string;
}

export interface CaseClosed extends EventBase {
  readonly type: 'case.closed.v1';
  /** Condition for closing 结案条件 in words. */
  readonly condition: string;
}

export type CaseEvent =
  | CaseReported
  | CaseArchived
  | CaseRegistered
  | CaseDispatched
  | CaseSubDispatched
  | CaseAccepted
  | CaseHandled
  | CaseFedBack
  | CheckRequested
  | CaseChecked
  | CaseReworked
  | CaseReturned
  | CaseClosed;
