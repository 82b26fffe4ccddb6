import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClockExplanation } from '#contract/clock.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';

export interface LedgerView {
  readonly explanation: ClockExplanation | null;
  readonly error: WireError | null;
  reload(): void;
}

const REFRESH_MS = 60_000;

/** The clocks of a case: asked again when the case changes, and each minute while one of them runs. */
export function useLedger(id: string): LedgerView {
  const client = useClient();
  const { live } = useDesk();
  const { state: connection } = useConnection();
  const [explanation, setExplanation] = useState<ClockExplanation | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const abort = useRef<AbortController>(null);
  const minute = Math.floor(useNow(REFRESH_MS) / REFRESH_MS);

  const load = useCallback(async () => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const outcome = await client.call('case.explainClock', { id }, controller);
    if (controller.signal.aborted) return;
    if (outcome.ok) setExplanation(outcome.value);
    setError(outcome.ok ? null : outcome.error);
  }, [client, id]);

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
    if (connection === 'open' && isRunning && minute > loadedMinute) void load();
  }, [load, connection, isRunning, minute, loadedMinute]);

  return { explanation, error, reload: () => void load() };
}
