/** A row that is being edited. `key` stays with it; `base` is its cells in the version the editing began with. */
export interface DraftRow {
  readonly key: number;
  readonly base: readonly string[] | null;
  readonly cells: readonly string[];
}

/**
 * A table under edit, with the way back and forth.
 *
 * 1. A row of the version in force is never taken out, it ends by its date; only a new row can be.
 * 2. An edit that changes nothing is no step. A step after an undo forgets what was undone.
 */
export interface TableDraft {
  readonly version: string;
  readonly rows: readonly DraftRow[];
  readonly past: readonly (readonly DraftRow[])[];
  readonly future: readonly (readonly DraftRow[])[];
}

/** Starts from the rows of a version. */
export function draftOf(version: string, rows: readonly (readonly string[])[]): TableDraft {
  return { version, rows: rows.map((cells, key) => ({ key, base: cells, cells })), past: [], future: [] };
}

export function setCell(draft: TableDraft, key: number, column: number, value: string): TableDraft {
  const row = draft.rows.find((one) => one.key === key);
  if (row === undefined || row.cells[column] === value) return draft;
  const changed = { ...row, cells: row.cells.with(column, value) };
  return stepped(
    draft,
    draft.rows.map((one) => (one.key === key ? changed : one)),
  );
}

/** Puts a new row below another, or at the end. */
export function insertRow(draft: TableDraft, below: number | null, cells: readonly string[]): TableDraft {
  const at = draft.rows.findIndex(({ key }) => key === below);
  const row: DraftRow = { key: nextKey(draft), base: null, cells };
  return stepped(draft, draft.rows.toSpliced(at < 0 ? draft.rows.length : at + 1, 0, row));
}

/** The key that the next new row gets. */
export function nextKey({ rows, past, future }: TableDraft): number {
  return [rows, ...past, ...future].flat().reduce((most, { key }) => Math.max(most, key), -1) + 1;
}

/** Takes a new row out again; rows of the version stay. */
export function removeNewRow(draft: TableDraft, key: number): TableDraft {
  const rows = draft.rows.filter((row) => row.key !== key || row.base !== null);
  return rows.length === draft.rows.length ? draft : stepped(draft, rows);
}

/** A whole file in place of the rows, as one step; rows with the same name keep their place in the version. */
export function replaceRows(
  draft: TableDraft,
  imported: readonly (readonly string[])[],
  nameOf: (cells: readonly string[]) => string,
): TableDraft {
  const known = new Map<string, DraftRow>();
  for (const row of draft.rows) if (row.base !== null) known.set(nameOf(row.base), row);
  let key = nextKey(draft);
  const rows = imported.map((cells): DraftRow => {
    const name = nameOf(cells);
    const same = known.get(name);
    known.delete(name);
    return same === undefined ? { key: key++, base: null, cells } : { ...same, cells };
  });
  return stepped(draft, rows);
}

/**
 * The changes of a draft upon another version: rows of the same name take the changed cells, new rows come last. One
 * step, so that it can be undone to the bare version.
 */
export function rebased(
  draft: TableDraft,
  version: string,
  rows: readonly (readonly string[])[],
  nameOf: (cells: readonly string[]) => string,
): TableDraft {
  const fresh = draftOf(version, rows);
  const changes = new Map<string, DraftRow>();
  for (const row of draft.rows) if (row.base !== null && isChanged(row)) changes.set(nameOf(row.base), row);
  const kept = fresh.rows.map((row) => {
    const ours = changes.get(nameOf(row.cells));
    if (ours?.base === undefined || ours.base === null) return row;
    changes.delete(nameOf(row.cells));
    const { base } = ours;
    return {
      ...row,
      cells: row.cells.map((cell, at) => (ours.cells[at] === base[at] ? cell : (ours.cells[at] ?? ''))),
    };
  });
  const added = [...draft.rows.filter(({ base }) => base === null), ...changes.values()];
  let key = fresh.rows.length;
  return stepped(fresh, [...kept, ...added.map(({ cells }) => ({ key: key++, base: null, cells }))]);
}

export function undo(draft: TableDraft): TableDraft {
  const rows = draft.past.at(-1);
  if (rows === undefined) return draft;
  return { ...draft, rows, past: draft.past.slice(0, -1), future: [draft.rows, ...draft.future] };
}

export function redo(draft: TableDraft): TableDraft {
  const [rows, ...future] = draft.future;
  if (rows === undefined) return draft;
  return { ...draft, rows, past: [...draft.past, draft.rows], future };
}

/** Whether the row differs from the version: new, or with another cell. */
export function isChanged({ base, cells }: DraftRow): boolean {
  return base === null || base.some((cell, at) => cell !== cells[at]);
}

export function changedCount({ rows }: TableDraft): number {
  return rows.filter(isChanged).length;
}

/** Rows of the version that an imported file left out. */
export function missingCount({ rows, past }: TableDraft): number {
  const before = (past[0] ?? rows).filter(({ base }) => base !== null).length;
  return before - rows.filter(({ base }) => base !== null).length;
}

function stepped(draft: TableDraft, rows: readonly DraftRow[]): TableDraft {
  return { ...draft, rows, past: [...draft.past, draft.rows], future: [] };
}
