import type { Scheduler } from '#host/ports/clock.ts';

/** Does what was planned as soon as everything else had its turn, whatever the delay. */
export const atOnce: Scheduler = {
  after(_delayMs, task) {
    const planned = setImmediate(task);
    return () => clearImmediate(planned);
  },
};
