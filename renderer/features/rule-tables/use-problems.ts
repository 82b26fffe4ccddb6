import { useEffect, useMemo, useState } from 'react';
import type { TableProblem } from '#contract/reference.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { contentOf } from './table-info.ts';
import type { DraftRow } from './table-draft.ts';
import { checkRows } from './table-view.ts';
import type { OpenTable } from './use-rule-tables.ts';

export interface Problems {
  readonly problems: readonly TableProblem[];
  /** The host has looked at these very rows, beside the other tables. */
  readonly isWhole: boolean;
}

/** The host is asked once typing rests. */
const REST_MS = 500;

/** What is wrong with the rows: at once what the table alone tells, then what the host finds between tables. */
export function useProblems({ info, draft }: OpenTable): Problems {
  const client = useClient();
  const { state: connection } = useConnection();
  const { rows } = draft;
  const own = useMemo(() => checkRows(info.name, info.columns, rows), [info, rows]);
  const [found, setFound] = useState<{
    readonly rows: readonly DraftRow[];
    readonly problems: readonly TableProblem[];
  } | null>(null);
  useEffect(() => {
    if (connection !== 'open') return;
    const controller = new AbortController();
    const ask = async () => {
      const outcome = await client.call('tables.check', contentOf(info.name, info.columns, rows), controller);
      if (outcome.ok && !controller.signal.aborted) setFound({ rows, problems: outcome.value.problems });
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, connection, info, rows]);
  const isWhole = found?.rows === rows;
  return useMemo(
    () => ({ problems: isWhole && found !== null ? found.problems : own, isWhole }),
    [isWhole, found, own],
  );
}
