import { useEffect } from 'react';
import type { ShiftState } from '#contract/shift.ts';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useClient } from '#renderer/client/hooks.tsx';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { IdleWatch } from '#renderer/state/idle-watch.ts';

const LOOK_MS = 5_000;
const inputs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Locks the seat by its key, and when nobody has used any window of it for as long as the policy says. */
export function useIdleLock(state: ShiftState | null): void {
  const client = useClient();
  const { store } = useDesk();
  useCommand('lock', () => {
    void client.call('shift.lock', { by: 'key' }).then((outcome) => {
      // An empty seat has no PIN to open it: the dialog says so.
      if (!outcome.ok && outcome.error.code === 'seat_empty') store.setState({ dialog: 'seat' });
    });
  });
  const minutes = state?.lockAfter.minutes ?? 0;
  const isWatched = minutes > 0 && state?.onDuty != null && state.lock === null;
  useEffect(() => {
    if (!isWatched) return;
    const watch = new IdleWatch(localStorage, () => Date.now());
    const touch = () => watch.touch();
    for (const input of inputs) window.addEventListener(input, touch, { capture: true, passive: true });
    const timer = setInterval(() => {
      if (watch.idleMs() >= minutes * MINUTE_MS) void client.call('shift.lock', { by: 'idle' });
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const input of inputs) window.removeEventListener(input, touch, { capture: true });
    };
  }, [client, minutes, isWatched]);
}

const KEY = 'grid-command-locked';

/** Whether this window is covered. After a reload it is until the host has said that the seat is not locked. */
export function useIsCovered(state: ShiftState | null): boolean {
  const isLocked = state === null ? localStorage.getItem(KEY) === 'true' : state.lock !== null;
  useEffect(() => {
    if (state !== null) localStorage.setItem(KEY, String(isLocked));
  }, [state, isLocked]);
  return isLocked;
}
