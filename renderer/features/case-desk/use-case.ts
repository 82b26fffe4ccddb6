import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseDetail, CaseHistory } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { useDesk } from '#renderer/state/desk-context.tsx';

export interface LoadedCase {
  readonly detail: CaseDetail;
  readonly history: CaseHistory;
  /** Host time when it was asked for. */
  readonly at: number;
}

export interface CaseView {
  readonly loaded: LoadedCase | null;
  readonly error: WireError | null;
  readonly isLoading: boolean;
  reload(): void;
}

/**
 * One case with its history, asked again whenever the live picture says that it changed. It is put into the desk's store
 * too: the map draws its chain from there.
 */
export function useCase(id: string): CaseView {
  const client = useClient();
  const { live, store, now } = useDesk();
  const { state: connection } = useConnection();
  const [view, setView] = useState<{ readonly loaded: LoadedCase | null; readonly error: WireError | null }>({
    loaded: null,
    error: null,
  });
  const [isLoading, setLoading] = useState(true);
  const abort = useRef<AbortController>(null);

  const load = useCallback(async () => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    setLoading(true);
    const at = now();
    const [detail, history] = await Promise.all([
      client.call('case.get', { id }, controller),
      client.call('case.history', { id }, controller),
    ]);
    if (controller.signal.aborted) return;
    setLoading(false);
    if (detail.ok && history.ok) {
      store.setState({ detail: detail.value });
      setView({ loaded: { detail: detail.value, history: history.value, at }, error: null });
      return;
    }
    const error = detail.ok ? (history.ok ? null : history.error) : detail.error;
    setView((before) => ({ loaded: before.loaded, error }));
  }, [client, store, id, now]);

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

  return { ...view, isLoading, reload: () => void load() };
}
