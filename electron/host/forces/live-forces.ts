import type { ForceReport } from '#domain/forces/force.ts';
import { ForceRegister } from '#domain/forces/force-register.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { ForceChanges, Forces } from '#host/ports/forces.ts';

/** Flushed at most so often (live-and-storage.md LV1); what comes meanwhile is merged. */
const FLUSH_MS = 250;
const FORGET_EVERY_MS = 60_000;

/**
 * The live plane: nothing here is the only copy of anything, no case depends on it, and no file, journal or log hears of it.
 * Without reports it does nothing.
 */
export function openForces({
  clock,
  scheduler,
}: {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}): Forces & { close(): void } {
  const register = new ForceRegister();
  const listeners = new Set<(changes: ForceChanges) => void>();
  const tally = { taken: 0, older: 0, refused: 0, dropped: 0 };
  let cancelFlush: (() => void) | null = null;
  let isWaiting = false;
  let cancelForget = scheduler.after(FORGET_EVERY_MS, forget);

  function forget(): void {
    register.forget(clock.now());
    flushSoon();
    cancelForget = scheduler.after(FORGET_EVERY_MS, forget);
  }

  /** At once when the last flush is long enough ago, else when it is. */
  function flushSoon(): void {
    if (cancelFlush !== null) {
      isWaiting = true;
      return;
    }
    flush();
  }

  function flush(): void {
    isWaiting = false;
    const changes = register.takeChanges();
    if (changes === null) return;
    for (const listener of listeners) listener(changes);
    cancelFlush = scheduler.after(FLUSH_MS, () => {
      cancelFlush = null;
      if (isWaiting) flush();
    });
  }

  return {
    report: (reports: readonly ForceReport[]) => {
      const now = clock.now();
      const inOrder = reports.map((report, index) => ({ report, index })).sort((a, b) => a.report.at - b.report.at);
      const outcomes = inOrder.map(({ report, index }) => ({ index, outcome: register.report(report, now) }));
      for (const { outcome } of outcomes) {
        if (outcome === 'taken' || outcome === 'older') tally[outcome] += 1;
        else tally.refused += 1;
      }
      flushSoon();
      return outcomes.sort((a, b) => a.index - b.index).map(({ outcome }) => outcome);
    },
    count: ({ refused = 0, dropped = 0 }) => {
      tally.refused += refused;
      tally.dropped += dropped;
    },
    tally: () => ({ ...tally }),
    all: () => register.all(),
    track: (id) => register.track(id, clock.now()),
    onMoved: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      cancelFlush?.();
      cancelForget();
    },
  };
}
