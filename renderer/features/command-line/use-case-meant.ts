import { useEffect, useState } from 'react';
import type { CaseDetail, CaseRow } from '#contract/cases.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';
import { casesEndingWith, type ObjectWord } from './read-line.ts';

/** The case that a line speaks of, as far as it is known. */
export interface CaseMeant {
  /** Open cases that fit; one of them only is meant without a doubt. */
  readonly rows: readonly CaseRow[];
  /** Its number; null while none or several fit. */
  readonly id: string | null;
  /** As the host last gave it; null until then. */
  readonly detail: CaseDetail | null;
  /** It was asked for and is not there. */
  readonly isMissing: boolean;
}

/** Looks among the open cases, and reads the one that is meant; again whenever it changes. */
export function useCaseMeant(object: ObjectWord | null): CaseMeant {
  const client = useClient();
  const { live } = useDesk();
  const selectedId = useChoice((state) => state.selectedId);
  useLiveVersion(1_000);
  const digits = object?.kind === 'digits' ? object.digits : null;
  const rows = digits === null ? [] : casesEndingWith(digits, live.rows.values());
  const id = object?.kind === 'open' ? selectedId : rows.length === 1 ? (rows[0]?.id ?? null) : null;
  const [known, setKnown] = useState<{ readonly id: string; readonly detail: CaseDetail | null } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let controller = new AbortController();
    const load = async () => {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      const outcome = await client.call('case.get', { id }, { signal });
      if (!signal.aborted) setKnown({ id, detail: outcome.ok ? outcome.value : null });
    };
    void load();
    const stop = live.onDelta(({ upserts, removed }) => {
      if (upserts.some((row) => row.id === id) || removed.includes(id)) void load();
    });
    return () => {
      stop();
      controller.abort();
    };
  }, [client, live, id]);
  const isKnown = id !== null && known?.id === id;
  return { rows, id, detail: isKnown ? known.detail : null, isMissing: isKnown && known.detail === null };
}
