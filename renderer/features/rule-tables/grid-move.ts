/** Where the keyboard is in a grid of `rows` × `columns`; both count from 0. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page holds. */
  readonly page: number;
}

/** Where a key leads, or null for a key that does not move. */
export function moved(key: string, isControl: boolean, { row, column }: GridPlace, size: GridSize): GridPlace | null {
  const to = (toRow: number, toColumn: number) => ({
    row: Math.max(0, Math.min(size.rows - 1, toRow)),
    column: Math.max(0, Math.min(size.columns - 1, toColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - size.page, column);
    case 'PageDown':
      return to(row + size.page, column);
    case 'Home':
      return to(isControl ? 0 : row, 0);
    case 'End':
      return to(isControl ? size.rows - 1 : row, size.columns - 1);
    default:
      return null;
  }
}
