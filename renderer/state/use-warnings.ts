import { useEffect, useState } from 'react';
import type { OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { useIsPast } from './desk-context.tsx';

const ASK_EVERY_MS = 30_000;
/** The first ones of each kind would do for a screen; the counts are of all. */
const MOST_WARNINGS = 1_000;

export type Warnings = OutputOf<'warnings.list'>;

/** Early warnings of the host, asked for again and again while `isWanted`. Warnings are of now: the past has none. */
export function useWarnings(isWanted: boolean): {
  readonly warnings: Warnings | null;
  readonly error: WireError | null;
} {
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const isPast = useIsPast();
  const [warnings, setWarnings] = useState<Warnings | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const isAsked = isWanted && !isPast && isOpen;
  useEffect(() => {
    if (!isAsked) return;
    let isLooking = true;
    const ask = async () => {
      const outcome = await client.call('warnings.list', { limit: MOST_WARNINGS });
      if (!isLooking) return;
      if (outcome.ok) setWarnings(outcome.value);
      setError(outcome.ok ? null : outcome.error);
    };
    void ask();
    const asking = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      isLooking = false;
      clearInterval(asking);
    };
  }, [client, isAsked]);
  return { warnings: isPast ? null : warnings, error };
}
