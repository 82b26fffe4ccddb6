import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseDetail, CaseHistory } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { useDesk, useIsPast, type Desk } from '#renderer/state/desk-context.tsx';

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

/** While the past plays, a case that is not open is asked for when the picture has stood for so long. */
const ABSENT_MS = 300;

/**
 * One case with its history, asked again whenever the live picture says that it changed. It is put into the desk's store
 * too: the map draws its chain from there. In the past it is the case as of the instant that is shown, as known then.
 */
export function useCase(id: string): CaseView {
  const client = useClient();
  const { live, stage, machine, store, now } = useDesk();
  const isPast = useIsPast();
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
    const past = isPast ? { sequence: momentOf(id, live, machine) } : {};
    const [detail, history] = await Promise.all([
      client.call('case.get', { id, ...past }, controller),
      client.call('case.history', { id, ...past }, controller),
    ]);
    if (controller.signal.aborted) return;
    setLoading(false);
    if (detail.ok && history.ok) {
      store.setState({ detail: detail.value });
      setView({ loaded: { detail: detail.value, history: history.value, at }, error: null });
      return;
    }
    const error = detail.ok ? (history.ok ? null : history.error) : detail.error;
    const isAbsent = isPast && error?.code === 'not_found';
    if (isAbsent) store.setState({ detail: null });
    setView((before) => ({ loaded: isAbsent ? null : before.loaded, error }));
  }, [client, store, live, machine, id, isPast, now]);

  useEffect(() => {
    if (connection !== 'open') return;
    void load();
    const stop = live.onDelta(({ upserts, removed }) => {
      if (upserts.some((row) => row.id === id) || removed.includes(id)) void load();
    });
    // A case that is not open then changes unseen: it may have ended, or not have begun.
    let later: ReturnType<typeof setTimeout> | undefined;
    const stopJumps = stage.onJump(() => {
      if (live.rows.has(id)) return;
      clearTimeout(later);
      later = setTimeout(() => void load(), ABSENT_MS);
    });
    return () => {
      stop();
      stopJumps();
      clearTimeout(later);
      abort.current?.abort();
    };
  }, [load, live, stage, id, connection]);

  return { ...view, isLoading, reload: () => void load() };
}

/** The entry as of which a case is asked for: that of its row, or the last one of the picture. */
function momentOf(id: string, live: Desk['live'], machine: Desk['machine']): number {
  return live.rows.get(id)?.sequence ?? Math.max(1, machine.store.getState().shown?.sequence ?? 1);
}
