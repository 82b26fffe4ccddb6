import type { Actor } from '#domain/access/roles.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { Photo } from './photos.ts';
import type { Appeal, HandleMode, OrderRole, Supervision, Verification } from './side.ts';
import type { CaseState, ClassRef, ExternalRef, Source } from './state.ts';
import type { CaseAction } from './transitions.ts';

interface OnCase {
  readonly caseId: string;
  /** Version that the person saw; another one is refused as `stale`. Left out: whatever is current. */
  readonly expectedVersion?: number;
}

/** An order 子单 to be sent beside the lead's. */
export interface NewOrder {
  readonly unit: string;
  readonly personId: string | null;
  readonly role: OrderRole;
}

/** 一键派单: to whom, in one act. In a relay 接续办件 the orders are the units that follow, in order. */
interface Sending {
  readonly unit: string;
  readonly personId?: string | null;
  readonly mode?: HandleMode;
  readonly orders?: readonly NewOrder[];
  readonly opinion?: string;
}

/** Photos that an act brings; left out: none. Guards of rows 1, 3, 11 and 16 may ask for some. */
interface WithPhotos {
  readonly photos?: readonly Photo[];
}

/**
 * Who called, as commands and events name them: the record of the side store that holds name and number (decision 12), and
 * whether the caller asked for confidence 保密.
 */
export interface ReporterRef {
  readonly ref: string;
  readonly isConfidential: boolean;
}

/** A problem somebody reports 上报. `place` may lack a point; `gridCode` is found from the point. */
export interface ReportCase extends WithPhotos {
  readonly type: 'report';
  readonly source: Source;
  readonly classRef: ClassRef;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly address: string;
  readonly description: string;
  readonly reportedAt: Instant;
  readonly reporterId: string | null;
  /** Left out: nothing about a person is kept. */
  readonly reporter?: ReporterRef;
  readonly external: ExternalRef | null;
  readonly extra: Readonly<Record<string, string>>;
  readonly isDemo: boolean;
  /** Out of a file: no filing clock starts, and a closed one is archived with its own dates. */
  readonly imported: { readonly state: 'open' | 'closed'; readonly closedAt: Instant | null } | null;
}

/** T1: a ticket 工单 from the city's 12345 system. `unit` is the township that must sign it. */
export interface ReceiveTicket {
  readonly type: 'receive';
  readonly classRef: ClassRef;
  readonly timeClass: string;
  readonly unit: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly address: string;
  readonly description: string;
  readonly issuedAt: Instant;
  /** Pseudonymous number of the caller; repeated calls of one person have the same. */
  readonly reporterId: string | null;
  /** Left out: nothing about a person is kept. */
  readonly reporter?: ReporterRef;
  readonly external: ExternalRef;
  readonly isConfidential: boolean;
  readonly extra: Readonly<Record<string, string>>;
  readonly isDemo: boolean;
}

interface Bodies {
  report: ReportCase;
  receive: ReceiveTicket;
  request_verify: OnCase & { readonly collectorId: string };
  verify: OnCase & WithPhotos & { readonly result: NonNullable<Verification['result']>; readonly opinion?: string };
  register: OnCase & { readonly condition: string };
  reject: OnCase & { readonly reason: string };
  void: OnCase & { readonly reason: string };
  dispatch: OnCase & Sending;
  sub_dispatch: OnCase & Sending;
  assign: OnCase & Sending;
  recall: OnCase & { readonly reason?: string };
  return: OnCase & { readonly reasonCode: string; readonly reason: string };
  accept: OnCase & { readonly handlerId: string };
  handle: OnCase & WithPhotos & { readonly result: string };
  feed_back: OnCase & { readonly opinion?: string };
  rework: OnCase & { readonly reason: string };
  request_check: OnCase & { readonly collectorId: string };
  check: OnCase & WithPhotos & { readonly result: NonNullable<CaseState['lastCheck']>; readonly opinion?: string };
  close: OnCase & { readonly condition: string };
  fail_close: OnCase & { readonly reason: string };
  force_close: OnCase & { readonly reason: string };
  /** To the unit above the holder; null is the district desk (提级调度), left out the next one up. */
  escalate: OnCase & { readonly unit?: string | null; readonly reason: string; readonly isHardCase?: boolean };
  hand_over: OnCase & { readonly words: string };
  sign: OnCase;
  request_return: OnCase & { readonly reasonCode: string; readonly reason: string };
  /** A `unit` sends it on to that township 改派; null refuses the return 驳回. */
  review_return: OnCase & { readonly unit: string | null; readonly opinion: string };
  contact: OnCase & { readonly result: string; readonly handlerId?: string };
  start_work: OnCase;
  whistle: OnCase & { readonly orders: readonly NewOrder[]; readonly reason: string };
  reply: OnCase & { readonly reply: string };
  begin_call_back: OnCase;
  conclude: OnCase & { readonly solved: string; readonly satisfied: string };
  redo: OnCase & { readonly reason: string };
  start_endorsement: OnCase & {
    readonly steps: readonly {
      readonly post: string;
      readonly personId: string | null;
      readonly limitMinutes: number;
    }[];
  };
  endorse: OnCase & { readonly decision: 'agree' | 'send_back'; readonly opinion: string };
  delegate_endorsement: OnCase & { readonly personId: string; readonly reason: string };
  skip_endorsement: OnCase & { readonly reason: string };
  accept_order: OnCase & { readonly orderId: string; readonly handlerId?: string };
  arrive: OnCase & { readonly orderId: string };
  answer_order: OnCase & { readonly orderId: string; readonly words: string };
  waive_order: OnCase & { readonly orderId: string; readonly reason: string };
  request_extension: OnCase & { readonly reason: string };
  pass_extension: OnCase;
  decide_extension: OnCase & { readonly isGranted: boolean; readonly opinion: string };
  request_suspension: OnCase & { readonly until: Instant; readonly reason: string };
  decide_suspension: OnCase & { readonly isGranted: boolean; readonly opinion: string };
  resume: OnCase;
  supervise: OnCase & {
    readonly kind: Supervision['kind'];
    readonly level: Supervision['level'];
    readonly party: string;
    readonly reason: string;
    readonly answerBy: Instant | null;
  };
  answer_supervision: OnCase & { readonly supervisionId: string; readonly words: string };
  urge: OnCase & { readonly words: string };
  appeal: OnCase & { readonly kind: Appeal['kind']; readonly reason: string };
  review_appeal: OnCase & { readonly isGranted: boolean; readonly opinion: string };
  /** 并案: `ids` become reports of the case `caseId`. */
  merge: OnCase & { readonly ids: readonly string[]; readonly reason: string };
  /** 拆案: the report `id` becomes a case of its own again. */
  unmerge: OnCase & { readonly id: string; readonly reason: string };
  /** The rule tables changed: takes the limit and the deadline anew from those in force. */
  redate: OnCase & { readonly reason: string };
  /** Somebody wants to see who reported; the record of it comes before the answer (security.md D2). */
  reveal_reporter: OnCase & { readonly reason: string };
  /** Name and number of who reported are erased (security.md D5). */
  erase_reporter: OnCase & { readonly reason: string };
}

/** What can be asked of a case or ticket, by action. */
export type BodyOf<Action extends CaseAction> = Bodies[Action] & { readonly type: Action };
export type CaseCommandBody = { [Action in CaseAction]: BodyOf<Action> }[CaseAction];

/** `id` makes a repeated command harmless: it gets the first receipt. */
export interface CaseCommand {
  readonly id: string;
  readonly actor: Actor;
  /** Account that sent it, where that is not the actor: the desk records 代录 what a person reported by phone. */
  readonly recordedBy?: string;
  readonly body: CaseCommandBody;
}

/** Photos that a command names. */
export function photosOf(body: CaseCommandBody): readonly Photo[] {
  return ('photos' in body ? body.photos : undefined) ?? noPhotos;
}

const noPhotos: readonly Photo[] = [];

/** The cases that a command is about; none for one that begins a case. */
export function casesNamedBy(body: CaseCommandBody): readonly string[] {
  if (body.type === 'report' || body.type === 'receive') return [];
  if (body.type === 'merge') return [body.caseId, ...body.ids];
  if (body.type === 'unmerge') return [body.caseId, body.id];
  return [body.caseId];
}
