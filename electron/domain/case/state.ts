import type { Instant } from '#domain/base/instant.ts';
import type { ClockRecord } from '#domain/sla/clock.ts';
import type { CaseStateName, RecordKind } from './lifecycle.ts';
import type { SideFacts, TakenLimit } from './side.ts';
import type { CaseAction } from './transitions.ts';

/** Kinds of the class tables: 管理部件 component, 管理事项 matter (domain.md §1, 2). `other` is an imported class. */
export type ClassKind = 'component' | 'matter' | 'other';

/**
 * A class with a snapshot of its name. The key is always (standardRef, kind, code): component and matter codes
 * overlap (domain.md §1, 2).
 */
export interface ClassRef {
  readonly standardRef: string;
  readonly kind: ClassKind;
  readonly code: string;
  readonly name: string;
}

/** Report sources (domain.md §4.1): 网格员上报, 12345, 视频, 领导批示, 小巷管家, 受理员登记, 部门批转, 文件导入. */
export const sources = [
  'grid_staff',
  'hotline',
  'video',
  'leader',
  'lane_steward',
  'desk',
  'department',
  'import',
] as const;
export type Source = (typeof sources)[number];

/** Longitude and latitude are WGS-84 degrees; `gridCode` is the fourth-level grid, null when outside the district. */
export interface Place {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly address: string;
  readonly gridCode: string | null;
}

/** The number under which an outside system knows the case. */
export interface ExternalRef {
  readonly feed: string;
  readonly id: string;
}

/** Which clock of domain.md §5.1 is running: 受理, 核实, 派遣, 处置, 核查. */
export const clockNames = ['register', 'verify', 'dispatch', 'handle', 'check'] as const;
export type ClockName = (typeof clockNames)[number];

/** How a hop of the dispatch chain ended. */
export const hopOutcomes = [
  'sent_on',
  'accepted',
  'fed_back',
  'returned',
  'recalled',
  'escalated',
  'handed_over',
  'stopped',
] as const;
export type HopOutcome = (typeof hopOutcomes)[number];

/** One hop of the dispatch chain 派遣链: a unit that got the order, and when it received, acted and passed it on. */
export interface Hop {
  /** Code of the unit; null is the district desk 区城指中心. */
  readonly unit: string | null;
  /** The person the order names 责任到人; null where it names none. */
  readonly personId: string | null;
  readonly sentAt: Instant;
  readonly sentBy: string;
  readonly endedAt: Instant | null;
  readonly outcome: HopOutcome | null;
  /** Opinion 意见 or reason of the act that ended the hop. */
  readonly opinion: string | null;
}

/** Who must act now: the desk (`unit` null) or a unit, in which post, since when. */
export interface Holder {
  readonly unit: string | null;
  readonly post: HolderPost;
  readonly since: Instant;
}

export const holderPosts = ['ACCEPTOR', 'DISPATCHER', 'DEPT', 'HANDLER', 'COLLECTOR', 'HOTLINE_DESK'] as const;
export type HolderPost = (typeof holderPosts)[number];

/** Post that a returned case went back to. */
export type ReturnPost = 'ACCEPTOR' | 'DISPATCHER' | 'DEPT';

/** The handling clock of a case: what its deadline is made of. */
export interface HandleClock extends ClockRecord {
  readonly taken: TakenLimit;
  /** The deadline reaches into a year that the calendar does not know. */
  readonly isProvisional: boolean;
}

/** A case 案件 or ticket 工单 as folded from its events. `version` counts its events, starting at 1. */
export interface CaseState {
  readonly id: string;
  readonly record: RecordKind;
  readonly version: number;
  readonly state: CaseStateName;
  readonly stateSince: Instant;
  readonly source: Source;
  readonly classRef: ClassRef;
  readonly place: Place;
  readonly description: string;
  readonly reportedAt: Instant;
  /** When the case entered the journal; equals the closing import for archived cases. */
  readonly recordedAt: Instant;
  /**
   * Staff number of the finder, compared with the handler: 采办分离. Of a caller from the public a random number, the same for
   * each of their reports (decision 12); null where nobody can be told apart.
   */
  readonly reporterId: string | null;
  readonly external: ExternalRef | null;
  /** Facts of an outside file that no field holds, as text. */
  readonly extra: Readonly<Record<string, string>>;
  /** Imported as already closed; nothing can be done with it. */
  readonly isArchived: boolean;
  /** Made by the simulator: 演示数据. */
  readonly isDemo: boolean;
  readonly chain: readonly Hop[];
  readonly holder: Holder | null;
  readonly handlerId: string | null;
  readonly collectorId: string | null;
  readonly clock: ClockName | null;
  /** When the running clock began; null when none runs. A handling clock runs on through sending on and accepting. */
  readonly clockStartedAt: Instant | null;
  /** End of the running clock; null when no clock runs. */
  readonly dueAt: Instant | null;
  /** The handling clock, from 派遣 on (of a ticket: from its issue); kept when it has stopped. */
  readonly handleClock: HandleClock | null;
  readonly handleFinishedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** Post that must repair or send on after a return; null unless the state is `returned`. */
  readonly returnedTo: ReturnPost | null;
  /** Condition for filing 立案条件 that the acceptor chose; a limit may depend on it. */
  readonly condition: string | null;
  readonly returnCount: number;
  readonly reworkCount: number;
  readonly lastCheck: 'passed' | 'failed' | 'unable' | null;
  readonly lastAction: CaseAction;
  readonly side: SideFacts;
}
