import type { Instant } from '#domain/base/instant.ts';
import type { ClassRef, CaseState } from '#domain/case/state.ts';
import { isOpen } from '#domain/case/lifecycle.ts';

/** What is known of a matter 案件 or ticket 工单 that could have the same cause as another; nothing else is looked at. */
export interface SameCauseFacts {
  readonly id: string;
  readonly record: 'case' | 'ticket';
  /** {@link classKeyOf}; two matters have the same class if the keys are equal. */
  readonly classKey: string;
  readonly className: string;
  /** WGS-84 degrees; both null when the place is not known to a point. */
  readonly lon: number | null;
  readonly lat: number | null;
  /** Fourth-level grid; null outside the district. */
  readonly gridCode: string | null;
  readonly address: string;
  readonly description: string;
  readonly reportedAt: Instant;
  /** Null as long as it is open. */
  readonly closedAt: Instant | null;
  /** Staff number of the finder; null for the public. */
  readonly reporterId: string | null;
}

/** What duplicates are looked for: facts, or a draft that has no number and perhaps no class yet. */
export interface SameCauseQuery extends Omit<SameCauseFacts, 'id' | 'record' | 'classKey' | 'className' | 'closedAt'> {
  /** Its own number, which is never its own duplicate; null for a draft. */
  readonly id: string | null;
  readonly classKey: string | null;
  readonly className: string | null;
}

/** The key of a class is always (standardRef, kind, code): component and matter codes overlap (domain.md §1, 2). */
export function classKeyOf({ standardRef, kind, code }: Omit<ClassRef, 'name'>): string {
  return `${standardRef}/${kind}/${code}`;
}

/** The facts of a case. One that ended without a closing (不立案, 作废) counts as closed since it ended. */
export function factsOfCase(state: CaseState): SameCauseFacts {
  const { id, classRef, place, description, reportedAt, reporterId } = state;
  const { lon, lat } = place;
  const hasPoint = lon !== null && lat !== null;
  return {
    id,
    record: state.record,
    classKey: classKeyOf(classRef),
    className: classRef.name,
    lon: hasPoint ? lon : null,
    lat: hasPoint ? lat : null,
    gridCode: place.gridCode,
    address: place.address,
    description,
    reportedAt,
    closedAt: isOpen(state.state) ? null : (state.closedAt ?? state.stateSince),
    reporterId,
  };
}
