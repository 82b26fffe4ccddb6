import type { Health } from '#contract/health.ts';
import type { HostProcess } from './start-host.ts';

/** Waits until the host tells such a health. */
export function healthWith(host: HostProcess, fits: (health: Health) => boolean): Promise<Health> {
  return new Promise((resolve) => {
    const stop = host.client.watch(
      'health.watch',
      {},
      {
        reset: () => {},
        apply: (items) => {
          const found = items.find((health) => fits(health));
          if (found === undefined) return;
          resolve(found);
          queueMicrotask(() => stop());
        },
        failed: () => {},
      },
    );
  });
}
