import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import type { DeskFilter } from '#renderer/state/case-filter.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';

const PAGE = 100;
/** A closed case is looked for again this long after it left the open ones; several at once count as one. */
const REFRESH_MS = 1_000;

export interface ClosedCases {
  readonly rows: readonly CaseRow[];
  readonly total: number | null;
  readonly isLoading: boolean;
  readonly error: WireError | null;
  readonly hasMore: boolean;
  more(): void;
  retry(): void;
}

/** Closed and archived cases, newest first, asked of the host page by page while `isWanted`. */
export function useClosed(filter: DeskFilter, isWanted: boolean): ClosedCases {
  const client = useClient();
  const { live } = useDesk();
  const [state, setState] = useState<
    Omit<ClosedCases, 'more' | 'retry' | 'hasMore'> & { readonly after: string | null }
  >({
    ...{ rows: [], total: null, isLoading: false, error: null, after: null },
  });
  const abort = useRef<AbortController>(null);
  const { record, unit, area, text } = filter;

  const load = useCallback(
    async (after: string | null, known: readonly CaseRow[]) => {
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      setState((before) => ({ ...before, isLoading: true, error: null }));
      const gridCode = area ?? unit;
      const query = {
        state: 'closed' as const,
        ...(record === null ? {} : { record }),
        ...(gridCode === null ? {} : { gridCode }),
        ...(text.trim() === '' ? {} : { text: text.trim() }),
      };
      const [page, count] = await Promise.all([
        client.call('cases.list', { filter: query, limit: PAGE, ...(after === null ? {} : { after }) }, controller),
        client.call('cases.count', { filter: query }, controller),
      ]);
      if (controller.signal.aborted) return;
      if (!page.ok || !count.ok) {
        const error = page.ok ? (count.ok ? null : count.error) : page.error;
        setState((before) => ({ ...before, isLoading: false, error }));
        return;
      }
      const { value } = page;
      setState({
        rows: [...known, ...value.rows],
        total: count.value.count,
        isLoading: false,
        error: null,
        after: value.after,
      });
    },
    [client, record, unit, area, text],
  );

  useEffect(() => {
    if (!isWanted) return;
    void load(null, []);
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = live.onDelta(({ removed }) => {
      if (removed.length === 0 || timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        void load(null, []);
      }, REFRESH_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
      abort.current?.abort();
    };
  }, [isWanted, load, live]);

  return {
    ...state,
    hasMore: state.after !== null,
    more: () => void load(state.after, state.rows),
    retry: () => void load(null, []),
  };
}
