import { instant, MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import type { Source } from '#domain/case/state.ts';
import type { Reading } from './alarm.ts';
import { isForClass, type AlarmCondition, type AlarmTypeRow } from './alarm-type.ts';
import { readingOf, type Watched } from './case-readings.ts';

const nowhere = { area: null, grid: null };

/** A health fact, as far as alarms look at it. */
export interface FactSeen {
  readonly id: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly code: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** Faults that stand in a banner of their own, which opens what mends them. */
function hasOwnBanner(code: string): boolean {
  return code === 'table_faulty' || code.startsWith('calendar_');
}

/** Codes by what they put at risk; every other warning or error is a faulty part. */
function conditionOf({ severity, code }: FactSeen): AlarmCondition | null {
  if (severity === 'info' || hasOwnBanner(code)) return null;
  if (code === 'journal_full') return 'disk_fault';
  if (severity === 'error' && /^(journal|audit|alarms)_/.test(code)) return 'journal_fault';
  return code.startsWith('backup') ? 'backup_fault' : 'host_fault';
}

/** Alarms of health facts: each warning and error is one, so that none is out of sight (A1). */
export function factReadings(facts: readonly FactSeen[], types: readonly AlarmTypeRow[]): readonly Reading[] {
  return facts.flatMap((fact) => {
    const condition = conditionOf(fact);
    const row = mostUrgent(types, (type) => type.condition === condition);
    const about = { kind: 'fact', code: fact.code, detail: fact.detail } as const;
    return row === undefined ? [] : [readingOf(row, `fact ${fact.id}`, nowhere, about)];
  });
}

/** The search tables lie so many entries behind the journal. */
export function searchReadings(
  behind: number,
  types: readonly AlarmTypeRow[],
  typeOf: (key: string) => string | null,
): readonly Reading[] {
  const key = 'search_behind';
  const row = mostUrgent(types, ({ condition, id, threshold, deadBand }) => {
    return condition === 'search_behind' && behind >= threshold - (typeOf(key) === id ? deadBand : 0);
  });
  return row === undefined ? [] : [readingOf(row, key, nowhere, { kind: 'search', behind })];
}

/** Sources outside the desk, from which reports come by themselves; others are silent when nobody finds anything. */
export const watchedSources: readonly Source[] = ['grid_staff', 'hotline', 'video'];

/** A source that reported last at that moment. */
export function sourceReadings(source: Source, lastAt: Instant, types: readonly AlarmTypeRow[], now: Instant): Watched {
  const rows = types.filter(({ condition }) => condition === 'feed_silent');
  const begins = (row: AlarmTypeRow) => lastAt + row.threshold * MINUTE_MS;
  const row = mostUrgent(rows, (one) => begins(one) <= now);
  const later = rows.map(begins).filter((at) => at > now);
  return {
    readings: row === undefined ? [] : [readingOf(row, `feed_silent ${source}`, nowhere, { kind: 'source', source })],
    nextAt: later.length === 0 ? null : instant(Math.min(...later)),
  };
}

/** Reports of a class in a township within seven days, and the threshold of 七天一预警 that they are measured by. */
export interface WeekSeen {
  readonly area: string;
  readonly classCode: string;
  readonly className: string;
  readonly value: number;
  readonly against: number;
}

/** Alarms of early warnings 预警, by how often the threshold is reached. */
export function weekReadings(
  { area, classCode, className, value, against }: WeekSeen,
  types: readonly AlarmTypeRow[],
  typeOf: (key: string) => string | null,
): readonly Reading[] {
  const key = weekKey(area, classCode, className);
  const row = mostUrgent(types, (type) => {
    if (type.condition !== 'early_warning' || !isForClass(type, classCode)) return false;
    return value >= against * (type.threshold - (typeOf(key) === type.id ? type.deadBand : 0));
  });
  const about = { kind: 'area', className, value, against } as const;
  return row === undefined ? [] : [readingOf(row, key, { area, grid: null }, about)];
}

/** Codes of components and matters overlap; their names do not. */
export function weekKey(area: string, classCode: string, className: string): string {
  return `early_warning ${area} ${classCode} ${className}`;
}

function mostUrgent(types: readonly AlarmTypeRow[], fits: (row: AlarmTypeRow) => boolean): AlarmTypeRow | undefined {
  return types.filter(fits).toSorted((a, b) => a.priority - b.priority || b.threshold - a.threshold)[0];
}
