import { useCallback, useEffect, useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { draftOf, rebased, type TableDraft } from './table-draft.ts';
import { cellsForEdit, type TableRead, type TableSummary } from './table-info.ts';
import { rowNamer } from './table-view.ts';

/** A table that was opened, with what was edited in it. */
export interface OpenTable {
  readonly info: TableRead;
  readonly draft: TableDraft;
}

export interface RuleTables {
  readonly list: readonly TableSummary[] | null;
  readonly opened: ReadonlyMap<TableName, OpenTable>;
  readonly error: WireError | null;
  reload(): void;
  open(name: TableName): void;
  edit(name: TableName, change: (draft: TableDraft) => TableDraft): void;
  /** Reads the version in force and drops the edits; `isKeeping` puts them upon it instead. */
  restart(name: TableName, isKeeping: boolean): Promise<string | null>;
}

/** The rule tables of the host, and the drafts of this desk: they live as long as the page. */
export function useRuleTables(isShown: boolean): RuleTables {
  const client = useClient();
  const { state: connection } = useConnection();
  const [list, setList] = useState<readonly TableSummary[] | null>(null);
  const [opened, setOpened] = useState<ReadonlyMap<TableName, OpenTable>>(new Map());
  const [error, setError] = useState<WireError | null>(null);

  const reload = useCallback(async () => {
    const outcome = await client.call('tables.list', {});
    if (outcome.ok) setList(outcome.value.tables);
    setError(outcome.ok ? null : outcome.error);
  }, [client]);
  useEffect(() => {
    if (isShown && connection === 'open') void reload();
  }, [reload, isShown, connection]);

  const put = (name: TableName, table: OpenTable) => setOpened((before) => new Map(before).set(name, table));
  const open = async (name: TableName) => {
    if (opened.has(name)) return;
    const outcome = await client.call('tables.read', { name });
    if (!outcome.ok) return setError(outcome.error);
    const info = outcome.value;
    setOpened((before) =>
      before.has(name) ? before : new Map(before).set(name, { info, draft: draftOf(info.version, cellsForEdit(info)) }),
    );
  };
  const restart = async (name: TableName, isKeeping: boolean) => {
    const outcome = await client.call('tables.read', { name });
    if (!outcome.ok) {
      setError(outcome.error);
      return null;
    }
    const info = outcome.value;
    const before = opened.get(name);
    const cells = cellsForEdit(info);
    const draft =
      isKeeping && before !== undefined
        ? rebased(before.draft, info.version, cells, rowNamer(info.columns, info.key))
        : draftOf(info.version, cells);
    put(name, { info, draft });
    void reload();
    return info.version;
  };

  return {
    ...{ list, opened, error },
    reload: () => void reload(),
    open: (name) => void open(name),
    restart,
    edit: (name, change) =>
      setOpened((before) => {
        const table = before.get(name);
        return table === undefined ? before : new Map(before).set(name, { ...table, draft: change(table.draft) });
      }),
  };
}
