import type { ClockLedger } from '#contract/clock.ts';

/** Place of the clock to show first: the one that runs, else the last 处置, else the last; -1 when there is none. */
export function leadingClock(clocks: readonly Pick<ClockLedger, 'clock' | 'endedAt'>[]): number {
  const running = clocks.findLastIndex(({ endedAt }) => endedAt === null);
  if (running >= 0) return running;
  const handled = clocks.findLastIndex(({ clock }) => clock === 'handle');
  return handled >= 0 ? handled : clocks.length - 1;
}

/** Table and row that a limit came from, out of its basis as events keep it; null for one of an older form. */
export function ruleOf(basis: string): { readonly table: 'limits' | 'duties'; readonly row: string } | null {
  const [, table, row] = /^(limits|duties) (\d+)$/.exec(basis) ?? [];
  if (row === undefined || (table !== 'limits' && table !== 'duties')) return null;
  return { table, row };
}
