import type { Instant } from '#domain/base/instant.ts';

/** 力量 in the field: grid staff 网格员, lane stewards 小巷管家, vehicles 车辆. */
export const forceKinds = ['grid_staff', 'lane_steward', 'vehicle'] as const;
export type ForceKind = (typeof forceKinds)[number];

/**
 * Where somebody was, as a terminal or a gateway says it. `id` is a pseudonym (JN12), the number of a post or a vehicle,
 * never a name; `unit` the code of the unit it works for; `at` the sender's own clock; WGS-84 degrees.
 */
export interface ForceReport {
  readonly id: string;
  readonly kind: ForceKind;
  readonly unit: string;
  readonly lon: number;
  readonly lat: number;
  readonly at: Instant;
  /** 演示数据. */
  readonly isDemo: boolean;
}

/**
 * What is doubtful about a last position: `clock`, the sender's clock is off by more than two minutes; `jump`, it is too
 * far from the one before to have been moved there (live-and-storage.md LV2).
 */
export const positionMarks = ['clock', 'jump'] as const;
export type PositionMark = (typeof positionMarks)[number];

/** A last known position. `slot` stands for the person on the wire, and is not given to another while the host runs. */
export interface ForcePosition extends ForceReport {
  readonly slot: number;
  /** When the position was taken: the sender's time, held at the moment of its arrival where that lies ahead. */
  readonly at: Instant;
  readonly marks: readonly PositionMark[];
}

/** Where somebody was within the last hour. */
export interface TrackPoint {
  readonly at: Instant;
  readonly lon: number;
  readonly lat: number;
}

/** How old a position is: `fresh`, `old` 未更新, `silent` 失联. */
export const positionAges = ['fresh', 'old', 'silent'] as const;
export type PositionAge = (typeof positionAges)[number];

/** From which age on a position is old, and silent; milliseconds (policies `position_old_after`, `position_silent_after`). */
export interface AgeLimits {
  readonly oldMs: number;
  readonly silentMs: number;
}

export function ageOf(at: number, now: number, { oldMs, silentMs }: AgeLimits): PositionAge {
  const age = now - at;
  if (age > silentMs) return 'silent';
  return age > oldMs ? 'old' : 'fresh';
}
