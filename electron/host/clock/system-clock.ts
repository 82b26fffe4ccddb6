import { instant } from '#domain/base/instant.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';

export const systemClock: Clock = { now: () => instant(Date.now()) };

/** What passed since the process began, whatever the clock is set to. */
export const systemElapsedMs = (): number => performance.now();

/** Node's timers. They do not keep the process alive. */
export const systemScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, Math.max(0, delayMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
