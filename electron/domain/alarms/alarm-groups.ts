import { isWaiting, type Alarm } from './alarm.ts';
import type { AlarmPriority } from './alarm-type.ts';

/** Alarms of one cause in one area; in a flood of one cause, wherever (A2). */
export interface AlarmGroup {
  readonly key: string;
  readonly typeId: string;
  readonly priority: AlarmPriority;
  /** Null: in several areas, or without a place. */
  readonly area: string | null;
  /** The oldest that waits first, then the others by age. */
  readonly alarms: readonly Alarm[];
  readonly waiting: number;
}

export function groupKeyOf({ typeId, place }: Pick<Alarm, 'typeId' | 'place'>, isDense: boolean): string {
  return isDense ? typeId : `${typeId} ${place.area ?? ''}`;
}

/** Groups by level, then what waits before what does not, then age. */
export function groupsOf(alarms: Iterable<Alarm>, isDense: boolean): readonly AlarmGroup[] {
  const byKey = new Map<string, Alarm[]>();
  for (const alarm of alarms) {
    const key = groupKeyOf(alarm, isDense);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [alarm]);
    else group.push(alarm);
  }
  return [...byKey].map(([key, members]) => groupOf(key, members.sort(byTurn))).sort(byUrgency);
}

function groupOf(key: string, alarms: readonly Alarm[]): AlarmGroup {
  const [first] = alarms;
  const areas = new Set(alarms.map(({ place }) => place.area));
  return {
    key,
    typeId: first?.typeId ?? '',
    priority: first?.priority ?? 3,
    area: areas.size === 1 ? (first?.place.area ?? null) : null,
    alarms,
    waiting: alarms.filter(isWaiting).length,
  };
}

function byTurn(a: Alarm, b: Alarm): number {
  return Number(isWaiting(b)) - Number(isWaiting(a)) || a.raisedAt - b.raisedAt || a.id - b.id;
}

function byUrgency(a: AlarmGroup, b: AlarmGroup): number {
  const ages = (a.alarms[0]?.raisedAt ?? 0) - (b.alarms[0]?.raisedAt ?? 0);
  return a.priority - b.priority || Number(b.waiting > 0) - Number(a.waiting > 0) || ages || (a.key < b.key ? -1 : 1);
}
