import { HealthRegister } from '#host/health/health-register.ts';
import { openLocalJournal, type LocalJournalOptions } from '#host/journal/local/open-local-journal.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Journal } from '#host/ports/journal.ts';
import { morning } from '#tests/builders/cases.ts';
import { ManualClock } from './manual-clock.ts';

export interface OpenedForTest {
  readonly journal: Journal;
  readonly health: HealthFacts;
  readonly clock: ManualClock;
}

/**
 * Opens the local journal of a data folder with a manual clock and facts of its own. `isLookedAfter`: a full disk is tried
 * again without an append. With a `scheduler` closed segments are packed.
 */
export async function openJournal(
  folder: string,
  {
    isLookedAfter = false,
    ...change
  }: Partial<Pick<LocalJournalOptions, 'segmentBytes' | 'files' | 'scheduler'>> & {
    readonly isLookedAfter?: boolean;
  } = {},
): Promise<OpenedForTest> {
  const clock = new ManualClock(morning);
  const health = new HealthRegister(clock);
  const journal = await openLocalJournal({
    ...{ folder, now: () => clock.now(), health, log: pinoLog('silent') },
    ...(isLookedAfter ? { scheduler: clock } : {}),
    ...change,
  });
  return { journal, health, clock };
}
