import { useEffect, useState } from 'react';
import type { Health } from '#contract/health.ts';
import { useClient } from '#renderer/client/hooks.tsx';

/** The host's health as last heard; null before the first report. */
export function useHealth(): Health | null {
  const client = useClient();
  const [health, setHealth] = useState<Health | null>(null);
  useEffect(
    () =>
      client.watch(
        'health.watch',
        {},
        {
          reset: () => {},
          apply: (items) => {
            const last = items.at(-1);
            if (last !== undefined) setHealth(last);
          },
          failed: () => setHealth(null),
        },
      ),
    [client],
  );
  return health;
}
