import { DAY_MS, MINUTE_MS } from '#domain/base/instant.ts';
import type { Scheduler } from '#host/ports/clock.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';

/** When the desk has settled after a start. */
const FIRST_CHECK_MS = 10 * MINUTE_MS;

/** Of the time, so much is spent checking while a check is under way. */
const SHARE = 0.1;

export interface JournalCheckOptions {
  readonly journal: Pick<Journal, 'verify'>;
  readonly scheduler: Scheduler;
  /** Milliseconds that passed since some moment. */
  readonly elapsedMs: () => number;
  readonly log: Log;
}

/**
 * Walks the whole journal from the disk, some time after the start and then once a day, slowly (live-and-storage.md JN1): a start
 * reads the last segment alone, and would not meet damage in an old one. What it finds the journal says itself.
 */
export function checkJournal({ journal, scheduler, elapsedMs, log }: JournalCheckOptions) {
  let cancel: () => void = () => {};
  let isClosed = false;
  let workedFrom = 0;
  let wake: (() => void) | null = null;
  let checking: Promise<void> = Promise.resolve();

  const pause = () =>
    new Promise<void>((resolve, reject) => {
      wake = () => {
        wake = null;
        workedFrom = elapsedMs();
        if (isClosed) reject(new CheckEnded());
        else resolve();
      };
      if (isClosed) return wake();
      const workedMs = elapsedMs() - workedFrom;
      cancel = scheduler.after((workedMs * (1 - SHARE)) / SHARE, wake);
    });
  const check = async () => {
    workedFrom = elapsedMs();
    const from = workedFrom;
    try {
      const { ok, entries } = await journal.verify(pause);
      log.info('journal checked', { ok, entries, ms: Math.round(elapsedMs() - from) });
    } catch (cause) {
      if (isClosed) return;
      log.error('journal check failed', { reason: cause instanceof Error ? cause.name : 'unknown' });
    }
    if (!isClosed) cancel = scheduler.after(DAY_MS, begin);
  };
  const begin = () => void (checking = check());
  cancel = scheduler.after(FIRST_CHECK_MS, begin);

  return {
    /** Breaks off a check that is under way. */
    async close(): Promise<void> {
      isClosed = true;
      cancel();
      wake?.();
      await checking;
    },
  };
}

class CheckEnded extends Error {}
