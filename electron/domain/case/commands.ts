import type { Actor } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { ClassRef, ExternalRef, Source } from './state.ts';

interface OnCase {
  readonly caseId: string;
  /** Version that the person saw; another one is refused as `stale`. Left out: whatever is current. */
  readonly expectedVersion?: number;
}

/** A problem somebody reports 上报. `place` may lack a point; `gridCode` is found from the point. */
export interface ReportCase {
  readonly type: 'report';
  readonly source: Source;
  readonly classRef: ClassRef;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly address: string;
  readonly description: string;
  readonly reportedAt: Instant;
  readonly reporterId: string | null;
  readonly external: ExternalRef | null;
  readonly extra: Readonly<Record<string, string>>;
  readonly isDemo: boolean;
  /** Out of a file: no filing clock starts, and a closed one is archived with its own dates. */
  readonly imported: { readonly state: 'open' | 'closed'; readonly closedAt: Instant | null } | null;
}

export interface RegisterCase extends OnCase {
  readonly type: 'register';
  readonly condition: string;
}

export interface DispatchCase extends OnCase {
  readonly type: 'dispatch';
  readonly unit: string;
  readonly opinion?: string;
}

export interface SubDispatchCase extends OnCase {
  readonly type: 'sub_dispatch';
  readonly unit: string;
  readonly opinion?: string;
}

export interface AcceptCase extends OnCase {
  readonly type: 'accept';
  readonly handlerId: string;
}

export interface HandleCase extends OnCase {
  readonly type: 'handle';
  readonly result: string;
}

export interface FeedBackCase extends OnCase {
  readonly type: 'feed_back';
  readonly opinion?: string;
}

export interface RequestCheck extends OnCase {
  readonly type: 'request_check';
  readonly collectorId: string;
}

export interface CheckCase extends OnCase {
  readonly type: 'check';
  readonly result: 'passed' | 'failed' | 'unable';
  readonly opinion?: string;
}

export interface ReworkCase extends OnCase {
  readonly type: 'rework';
  readonly reason: string;
}

export interface ReturnCase extends OnCase {
  readonly type: 'return';
  readonly reason: string;
}

export interface CloseCase extends OnCase {
  readonly type: 'close';
  readonly condition: string;
}

/** What can be asked of a case. `id` of the envelope makes a repeated command harmless: it gets the first receipt. */
export type CaseCommandBody =
  | ReportCase
  | RegisterCase
  | DispatchCase
  | SubDispatchCase
  | AcceptCase
  | HandleCase
  | FeedBackCase
  | RequestCheck
  | CheckCase
  | ReworkCase
  | ReturnCase
  | CloseCase;

export interface CaseCommand {
  readonly id: string;
  readonly actor: Actor;
  readonly body: CaseCommandBody;
}
