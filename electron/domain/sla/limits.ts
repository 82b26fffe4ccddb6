import { plus, type Instant } from '#domain/base/instant.ts';
import type { ClassRef, ClockName } from '#domain/case/state.ts';

/** A span of natural time 自然时. Work hours and work days come with the work calendar. */
export interface Limit {
  readonly clock: ClockName;
  readonly minutes: number;
}

/**
 * Time limits as data with an effective date (domain.md §5). The table that ships is 参考默认值, 可配置: neither
 * Beijing's nor Shunyi's own tables are published.
 */
export interface LimitTable {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly source: string;
  readonly isPlaceholder: boolean;
  readonly limits: readonly Limit[];
  /** Handling limits that differ from the general one, by class code; the longest matching code prefix counts. */
  readonly handleByClass: readonly { readonly codePrefix: string; readonly minutes: number }[];
}

/**
 * When a clock that starts at `from` ends, in natural time.
 *
 * @throws Error if the table has no limit for that clock; the host validates tables before use
 */
export function dueAt(table: LimitTable, clock: ClockName, classRef: ClassRef, from: Instant): Instant {
  return plus(from, limitMinutes(table, clock, classRef) * 60_000);
}

function limitMinutes(table: LimitTable, clock: ClockName, classRef: ClassRef): number {
  if (clock === 'handle') {
    const special = table.handleByClass
      .filter((row) => classRef.code.startsWith(row.codePrefix))
      .sort((a, b) => b.codePrefix.length - a.codePrefix.length)[0];
    if (special !== undefined) return special.minutes;
  }
  const general = table.limits.find((limit) => limit.clock === clock);
  if (general === undefined) throw new Error(`limit table ${table.version}: no limit for the ${clock} clock`);
  return general.minutes;
}
