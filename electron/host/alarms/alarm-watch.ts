import { DAY_MS, HOUR_MS, instant, type Instant } from '#domain/base/instant.ts';
import type { AlarmBook } from '#domain/alarms/alarm-book.ts';
import type { Reading } from '#domain/alarms/alarm.ts';
import { caseKeys, caseReadings } from '#domain/alarms/case-readings.ts';
import type { AlarmTypeRow } from '#domain/alarms/alarm-type.ts';
import {
  factReadings,
  searchReadings,
  sourceReadings,
  watchedSources,
  weekKey,
  weekReadings,
} from '#domain/alarms/host-readings.ts';
import type { CaseState, Source } from '#domain/case/state.ts';
import { dayOf } from '#domain/reference/day.ts';
import { Heap } from '#domain/simulation/heap.ts';
import type { EarlyWarnings } from '#domain/warnings/early-warnings.ts';
import type { CaseChanged, Cases } from '#host/ports/cases.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Tables } from '#host/ports/tables.ts';

/** Entries of the agenda beyond those that still count, before it is made anew. */
const MOST_STALE = 10_000;

export interface AlarmSources {
  readonly cases: Pick<Cases, 'openStates'>;
  readonly warnings: Pick<EarlyWarnings, 'weekOf' | 'weeks'>;
  readonly health: Pick<HealthFacts, 'list'>;
  /** How many entries the search tables lie behind. */
  readonly searchBehind: () => number;
  readonly tables: Pick<Tables, 'inForce'>;
  readonly townshipOf: (state: CaseState) => string | null;
  readonly clock: Clock;
}

/**
 * Looks at what changed and tells the book what stands and what ended: of a case that changed or whose time came, never at
 * all cases, but at the start and when a table was adopted.
 */
export class AlarmWatch {
  readonly #from: AlarmSources;
  readonly #book: AlarmBook;
  /** Cases by the moment at which time alone changes what they ring for, and as they were when they changed last. */
  #agenda = new Heap<string>();
  readonly #due = new Map<string, { readonly at: Instant; readonly state: CaseState }>();
  readonly #lastReports = new Map<Source, Instant>();
  #sourceDue: Instant | null = null;
  #factKeys: readonly string[] = [];
  #types: readonly AlarmTypeRow[] = [];
  #typesOf = '';

  constructor(from: AlarmSources, book: AlarmBook) {
    this.#from = from;
    this.#book = book;
  }

  /** Everything anew; ends what no longer stands. */
  lookAtAll(): void {
    const now = this.#now();
    const before = new Set(this.#book.activeKeys());
    this.#agenda = new Heap();
    this.#due.clear();
    for (const state of this.#from.cases.openStates()) {
      this.#noteReport(state);
      for (const key of this.#lookAtCase(state, now)) before.delete(key);
    }
    for (const key of this.lookAtHost()) before.delete(key);
    for (const key of this.#lookAtSources(now)) before.delete(key);
    for (const key of this.#lookAtWeeks(now)) before.delete(key);
    for (const key of before) this.#book.end(key, now);
  }

  lookAtCases(changes: readonly CaseChanged[]): void {
    const now = this.#now();
    const states = new Map(changes.map(({ state }) => [state.id, state]));
    let hasReport = false;
    for (const state of states.values()) {
      this.#lookAtCase(state, now);
      if (state.lastAction !== 'report' && state.lastAction !== 'receive') continue;
      hasReport = true;
      this.#noteReport(state);
      this.#lookAtWeekOf(state, now);
    }
    if (hasReport) this.#lookAtSources(now);
    this.#lookAtSearch(now);
    if (this.#agenda.size > 2 * this.#due.size + MOST_STALE) this.#renewAgenda();
  }

  /** Health facts and the search tables; gives the keys of what stands. */
  lookAtHost(): readonly string[] {
    const now = this.#now();
    const readings = factReadings(this.#from.health.list(), this.#typesAt(now));
    this.#settle(this.#factKeys, readings, now);
    this.#factKeys = readings.map(({ key }) => key);
    return [...this.#factKeys, ...this.#lookAtSearch(now)];
  }

  /** What time alone changed. */
  lookAtDue(): void {
    const now = this.#now();
    if (this.#sourceDue !== null && this.#sourceDue <= now) this.#lookAtSources(now);
    for (let at = this.#agenda.firstKey(); at !== undefined && at <= now; at = this.#agenda.firstKey()) {
      const due = this.#due.get(this.#agenda.pop() ?? '');
      // If not, an entry that a later change of the case put in the shade.
      if (due?.at === at) this.#lookAtCase(due.state, now);
    }
  }

  /** A day began: counts of seven days are others. */
  lookAtDay(): void {
    const now = this.#now();
    const before = this.#book.activeKeys().filter((key) => key.startsWith('early_warning '));
    const standing = new Set(this.#lookAtWeeks(now));
    for (const key of before) if (!standing.has(key)) this.#book.end(key, now);
  }

  /** When {@link lookAtDue} has something to do next; null if never. */
  nextAt(): Instant | null {
    const first = Math.min(this.#agenda.firstKey() ?? Infinity, this.#sourceDue ?? Infinity);
    return Number.isFinite(first) ? instant(first) : null;
  }

  #lookAtCase(state: CaseState, now: Instant): readonly string[] {
    const typeOf = (key: string) => this.#book.typeOf(key);
    const { readings, nextAt } = caseReadings(state, this.#typesAt(now), this.#from.townshipOf(state), typeOf, now);
    this.#settle(caseKeys(state.id), readings, now);
    const before = this.#due.get(state.id)?.at;
    if (nextAt === null) this.#due.delete(state.id);
    else this.#due.set(state.id, { at: nextAt, state });
    if (nextAt !== null && nextAt !== before) this.#agenda.push(nextAt, state.id);
    return readings.map(({ key }) => key);
  }

  #noteReport({ source, recordedAt, isArchived }: CaseState): void {
    if (isArchived || !watchedSources.includes(source)) return;
    if (recordedAt > (this.#lastReports.get(source) ?? 0)) this.#lastReports.set(source, recordedAt);
  }

  #lookAtSources(now: Instant): readonly string[] {
    let next = Infinity;
    const all: Reading[] = [];
    for (const [source, lastAt] of this.#lastReports) {
      const { readings, nextAt } = sourceReadings(source, lastAt, this.#typesAt(now), now);
      this.#settle([`feed_silent ${source}`], readings, now);
      next = Math.min(next, nextAt ?? Infinity);
      all.push(...readings);
    }
    this.#sourceDue = Number.isFinite(next) ? instant(next) : null;
    return all.map(({ key }) => key);
  }

  #lookAtSearch(now: Instant): readonly string[] {
    const typeOf = (key: string) => this.#book.typeOf(key);
    const readings = searchReadings(this.#from.searchBehind(), this.#typesAt(now), typeOf);
    this.#settle(['search_behind'], readings, now);
    return readings.map(({ key }) => key);
  }

  #lookAtWeekOf(state: CaseState, now: Instant): void {
    const area = this.#from.townshipOf(state);
    if (area === null) return;
    const seen = this.#from.warnings.weekOf(state, area, now);
    this.#settle([weekKey(area, state.classRef.code, state.classRef.name)], this.#weekReadings(seen, now), now);
  }

  #lookAtWeeks(now: Instant): readonly string[] {
    return this.#from.warnings.weeks(now).flatMap((seen) => {
      const readings = this.#weekReadings(seen, now);
      for (const reading of readings) this.#book.raise(reading, now);
      return readings.map(({ key }) => key);
    });
  }

  #weekReadings(
    { area, classCode, className, current }: ReturnType<EarlyWarnings['weekOf']>,
    now: Instant,
  ): readonly Reading[] {
    const against = this.#from.tables.inForce().policies.number('warning_7d_count', dayOf(now));
    const typeOf = (key: string) => this.#book.typeOf(key);
    return weekReadings({ area, classCode, className, value: current, against }, this.#typesAt(now), typeOf);
  }

  /** Raises what stands and ends the other of these keys. */
  #settle(keys: readonly string[], readings: readonly Reading[], now: Instant): void {
    const standing = new Set(readings.map(({ key }) => key));
    for (const reading of readings) this.#book.raise(reading, now);
    for (const key of keys) if (!standing.has(key)) this.#book.end(key, now);
  }

  #renewAgenda(): void {
    this.#agenda = new Heap();
    for (const [id, { at }] of this.#due) this.#agenda.push(at, id);
  }

  #typesAt(now: Instant): readonly AlarmTypeRow[] {
    const day = dayOf(now);
    const tables = this.#from.tables.inForce();
    const wanted = `${day} ${tables.versions['alarm-types']}`;
    if (wanted !== this.#typesOf) {
      this.#types = tables.alarmTypes(day);
      this.#typesOf = wanted;
    }
    return this.#types;
  }

  #now(): Instant {
    return this.#from.clock.now();
  }
}

/** The beginning of the next day in Beijing. */
export function nextDayAfter(now: Instant): Instant {
  const shifted = now + 8 * HOUR_MS;
  return instant(now - (((shifted % DAY_MS) + DAY_MS) % DAY_MS) + DAY_MS);
}
