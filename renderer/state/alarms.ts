import type { OutputOf } from '#contract/api.ts';
import type { CaseRow } from '#contract/cases.ts';

export type Warning = OutputOf<'warnings.list'>['warnings'][number];

/**
 * What calls for attention on the map: `urgent` cases, `machine` reports (video analysis, sensors: 视频 of the sources), and
 * `warning`s about an area or a case that goes to and fro. Degrees; `caseId` or `area` is what a click opens.
 */
export interface Alarm {
  readonly kind: 'urgent' | 'machine' | 'warning';
  readonly lon: number;
  readonly lat: number;
  readonly caseId: string | null;
  readonly area: string | null;
}

/** Warnings that the map has no other mark for: what is overdue or due soon is told by its level. */
const marked: ReadonlySet<Warning['kind']> = new Set(['ping_pong', 'repeats', 'week']);

interface AlarmSight {
  readonly rows: Iterable<CaseRow>;
  readonly warnings: readonly Warning[];
  readonly rowOf: (id: string) => CaseRow | undefined;
  /** A point inside an area; undefined for one that is not of this district. */
  readonly middleOf: (area: string) => readonly [lon: number, lat: number] | undefined;
}

/** One mark for each case or area; of a case that is more than one thing the first of urgent, machine, warning counts. */
export function alarmsOf({ rows, warnings, rowOf, middleOf }: AlarmSight): readonly Alarm[] {
  const alarms = new Map<string, Alarm>();
  for (const { id, lon, lat, isUrgent, source } of rows) {
    if (lon === null || lat === null || !(isUrgent || source === 'video')) continue;
    alarms.set(id, { kind: isUrgent ? 'urgent' : 'machine', lon, lat, caseId: id, area: null });
  }
  for (const { kind, caseId, area } of warnings) {
    const key = caseId ?? area;
    if (!marked.has(kind) || key === null || alarms.has(key)) continue;
    if (caseId === null) {
      const middle = middleOf(key);
      if (middle !== undefined) {
        alarms.set(key, { kind: 'warning', lon: middle[0], lat: middle[1], caseId: null, area: key });
      }
      continue;
    }
    const { lon = null, lat = null } = rowOf(caseId) ?? {};
    if (lon !== null && lat !== null) alarms.set(key, { kind: 'warning', lon, lat, caseId, area: null });
  }
  return [...alarms.values()];
}
