/** A cell that differs; `before` is null in a row that is new or gone. */
export interface CellDifference {
  readonly id: string;
  readonly before: string | null;
  readonly after: string;
}

/** The cells of a changed row worth showing: those that differ, or all that hold something in a row that is new or gone. */
export function rowDifference(
  {
    before,
    after,
  }: {
    readonly before: Readonly<Record<string, string>> | null;
    readonly after: Readonly<Record<string, string>> | null;
  },
  columns: readonly string[],
): readonly CellDifference[] {
  return columns.flatMap((id): readonly CellDifference[] => {
    const [was, is] = [before?.[id] ?? '', after?.[id] ?? ''];
    if (before !== null && after !== null) return was === is ? [] : [{ id, before: was, after: is }];
    const only = after === null ? was : is;
    const isSilent = only === '' || only === 'false' || id === 'source';
    return isSilent ? [] : [{ id, before: null, after: only }];
  });
}
