import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClockExplanation } from '#contract/clock.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { useDesk, useIsPast, useMachine } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';

export interface LedgerView {
  readonly explanation: ClockExplanation | null;
  readonly error: WireError | null;
  reload(): void;
}

const REFRESH_MS = 60_000;

/**
 * The clocks of a case: asked again when the case changes, and each minute while one of them runs. In the past they are those
 * of the instant that is shown, once the picture stands.
 */
export function useLedger(id: string): LedgerView {
  const client = useClient();
  const { live, machine, now } = useDesk();
  const isPast = useIsPast();
  const isPlaying = useMachine((state) => state.isPlaying);
  const { state: connection } = useConnection();
  const [explanation, setExplanation] = useState<ClockExplanation | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const abort = useRef<AbortController>(null);
  const askedMinute = useRef(0);
  const minute = Math.floor(useNow(REFRESH_MS) / REFRESH_MS);

  const load = useCallback(async () => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const sequence = live.rows.get(id)?.sequence ?? Math.max(1, machine.store.getState().shown?.sequence ?? 1);
    const time = now();
    const past = isPast ? { sequence, time } : {};
    askedMinute.current = Math.floor(time / REFRESH_MS);
    const outcome = await client.call('case.explainClock', { id, ...past }, controller);
    if (controller.signal.aborted) return;
    if (outcome.ok) setExplanation(outcome.value);
    setError(outcome.ok ? null : outcome.error);
  }, [client, live, machine, now, id, isPast]);

  useEffect(() => {
    if (connection !== 'open') return;
    void load();
    const stop = live.onDelta(({ upserts, removed }) => {
      if (upserts.some((row) => row.id === id) || removed.includes(id)) void load();
    });
    return () => {
      stop();
      abort.current?.abort();
    };
  }, [load, live, id, connection]);

  const isRunning = explanation?.clocks.some(({ endedAt }) => endedAt === null) === true;
  const loadedMinute = Math.floor((explanation?.asOf ?? 0) / REFRESH_MS);
  useEffect(() => {
    const isOther = isPast ? !isPlaying && minute !== askedMinute.current : minute > loadedMinute;
    if (connection === 'open' && isRunning && isOther) void load();
  }, [load, connection, isRunning, isPast, isPlaying, minute, loadedMinute]);

  return { explanation, error, reload: () => void load() };
}
