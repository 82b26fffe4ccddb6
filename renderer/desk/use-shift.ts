import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ShiftState } from '#contract/shift.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { LiveShift } from '#renderer/state/live-shift.ts';

/** Who has the seat and what is under way there, for as long as the desk is there. */
export function useShift(): ShiftState | null {
  const client = useClient();
  const [live] = useState(() => new LiveShift());
  useEffect(() => live.follow(client), [client, live]);
  return useSyncExternalStore(
    (listener) => live.onChange(listener),
    () => live.state,
  );
}
