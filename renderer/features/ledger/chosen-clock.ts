import type { ClockLedger } from '#contract/clock.ts';
import { clockNames } from '#domain/case/state.ts';

/** Place of the clock to show first: the one that runs, else the last 处置, else the last; -1 when there is none. */
export function leadingClock(clocks: readonly Pick<ClockLedger, 'clock' | 'endedAt'>[]): number {
  const running = clocks.findLastIndex(({ endedAt }) => endedAt === null);
  if (running >= 0) return running;
  const handled = clocks.findLastIndex(({ clock }) => clock === 'handle');
  return handled >= 0 ? handled : clocks.length - 1;
}

/** Table, row and version that a limit came from, or only that it is the stage's; null for a basis of an older form. */
export type LimitRule =
  | { readonly table: 'limits' | 'duties'; readonly row: string; readonly version: string | null }
  | { readonly table: 'stage' }
  | null;

/** Reads the basis that events keep of a limit; older ones have no version. */
export function ruleOf(basis: string): LimitRule {
  if (clockNames.some((name) => name === basis)) return { table: 'stage' };
  const [, table, row, version = null] = /^(limits|duties) (\d+)(?: (\S+))?$/.exec(basis) ?? [];
  if (row === undefined || (table !== 'limits' && table !== 'duties')) return null;
  return { table, row, version };
}
