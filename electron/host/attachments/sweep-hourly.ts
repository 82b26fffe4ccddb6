import { DAY_MS, HOUR_MS, instant } from '#domain/base/instant.ts';
import type { Attachments } from '#host/ports/attachments.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { Log } from '#host/ports/log.ts';

export interface SweepOptions {
  readonly attachments: Pick<Attachments, 'sweep'>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

/**
 * Sweeps photos that nobody has named for a day, every hour: forms that were left. Resolves from `close` when none is swept
 * any more.
 */
export function sweepHourly({ attachments, clock, scheduler, log }: SweepOptions): { close(): Promise<void> } {
  let sweeping: Promise<void> = Promise.resolve();
  let cancel = scheduler.after(0, sweep);
  function sweep(): void {
    cancel = scheduler.after(HOUR_MS, sweep);
    sweeping = attachments.sweep(instant(clock.now() - DAY_MS)).then(
      () => {},
      (cause: unknown) => log.warn('photos that nobody named could not be swept', { reason: String(cause) }),
    );
  }
  return {
    close: async () => {
      cancel();
      await sweeping;
    },
  };
}
