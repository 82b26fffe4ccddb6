import { useCallback, useEffect, useState } from 'react';
import type { Briefing, BriefingCases, BriefingList } from '#contract/briefings.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import { askByHandle } from '#renderer/client/ask-by-handle.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { saveBytes } from '#renderer/ui/save-file.ts';

export interface BriefingDesk {
  readonly list: BriefingList | null;
  readonly shown: Briefing | null;
  readonly cases: { readonly figure: string; readonly found: BriefingCases } | null;
  /** What is under way. */
  readonly busy: 'create' | 'issue' | 'print' | null;
  readonly error: WireError | null;
  open(id: string): void;
  create(day: string, draftedBy: string | null): void;
  issue(id: string, approvedBy: string): void;
  download(id: string): void;
  openFigure(id: string, figure: string): void;
}

const MOST_CASES = 100;

/** Briefings of the host, the one that is shown, and what may be done with it. */
export function useBriefings(): BriefingDesk {
  const client = useClient();
  const [list, setList] = useState<BriefingList | null>(null);
  const [shown, setShown] = useState<Briefing | null>(null);
  const [cases, setCases] = useState<BriefingDesk['cases']>(null);
  const [busy, setBusy] = useState<BriefingDesk['busy']>(null);
  const [error, setError] = useState<WireError | null>(null);

  const look = useCallback(
    <Value>(answer: Result<Value, WireError>, take: (value: Value) => void) => {
      setError(answer.ok ? null : answer.error);
      if (answer.ok) take(answer.value);
    },
    [setError],
  );
  const readList = useCallback(async () => look(await client.call('briefings.list', {}), setList), [client, look]);
  useEffect(() => void readList(), [readList]);

  const show = (briefing: Briefing) => {
    setShown(briefing);
    setCases(null);
  };
  const during = async (what: NonNullable<BriefingDesk['busy']>, act: () => Promise<void>) => {
    setBusy(what);
    await act();
    setBusy(null);
  };
  const isMadeAnew = async (answer: Result<Briefing, WireError>) => {
    look(answer, show);
    if (answer.ok) await readList();
  };
  return {
    ...{ list, shown, cases, busy, error },
    open: (id) => void client.call('briefings.page', { id }).then((answer) => look(answer, show)),
    create: (day, draftedBy) =>
      void during('create', async () => {
        const by = draftedBy === null ? {} : { draftedBy };
        await isMadeAnew(await client.call('briefings.create', { kind: 'daily', day, ...by }));
      }),
    issue: (id, approvedBy) =>
      void during('issue', async () => isMadeAnew(await client.call('briefings.issue', { id, approvedBy }))),
    download: (id) =>
      void during('print', async () => {
        const printed = await client.call('briefings.print', { id });
        if (!printed.ok) return setError(printed.error);
        const answer = await askByHandle(printed.value.path);
        if (!answer.ok) return setError(answer.error);
        setError(null);
        saveBytes(printed.value.fileName, await answer.value.blob());
      }),
    openFigure: (id, figure) =>
      void client
        .call('briefings.cases', { id, figure, limit: MOST_CASES })
        .then((answer) => look(answer, (found) => setCases({ figure, found }))),
  };
}
