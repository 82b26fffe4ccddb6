import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { TableProblem } from '#contract/reference.ts';
import type { Day } from '#domain/reference/day.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts';
import { CellEditor, type Leave } from './cell-editor.tsx';
import { moved, type GridPlace } from './grid-move.ts';
import { isChanged, type DraftRow } from './table-draft.ts';
import type { TableColumn } from './table-info.ts';
import { columnWidth, dayPlaces, FIRST_ROW, rowTime } from './table-view.ts';
import { useCellWords } from './use-cell-words.ts';
import styles from './rule-tables.module.css';

const ROW_HEIGHT = 28;
const PAGE = 20;
const NUMBER_WIDTH = 48;

/** A cell to go to from outside: a problem's, or a new row's. `stamp` makes the same one new again. */
export interface GridTarget {
  readonly key: number;
  readonly column: number;
  readonly stamp: number;
}

/**
 * The rows of a table as a grid of cells. The grid has the focus and names its active cell, so that rows may come and go
 * from the page while it is scrolled.
 */
export function TableGrid({
  label,
  columns,
  rows,
  shownRows,
  problems,
  today,
  target,
  onCell,
  onActive,
  onUndo,
  onRedo,
}: {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly DraftRow[];
  /** Places in `rows` of those that the filter leaves. */
  readonly shownRows: readonly number[];
  readonly problems: readonly TableProblem[];
  readonly today: Day;
  readonly target: GridTarget | null;
  readonly onCell: (key: number, column: number, value: string) => void;
  readonly onActive: (key: number | null) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}) {
  const { t } = useWords();
  const words = useCellWords();
  const id = useId();
  const scrollRef = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<string | null>(null);
  const virtual = useVirtualRows({ count: shownRows.length, rowHeight: ROW_HEIGHT, scrollRef });
  const places = useMemo(() => dayPlaces(columns), [columns]);
  const placeholder = columns.findIndex((column) => column.id === 'placeholder');
  const widths = useMemo(
    () =>
      columns.map((column, at) =>
        columnWidth(
          `${words.label(column.label)}${column.isRequired ? ' *' : ''}`,
          rows.slice(0, 200).map(({ cells }) => words.shown(cells[at] ?? '', column)),
        ),
      ),
    // Widths stay while cells are edited: nothing moves under the hand.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [columns, label],
  );
  const statusWidth = columnWidth('', [`${t('rules.rowTimes.in_force')} ${t('rules.placeholder')}`]);
  const totalWidth = NUMBER_WIDTH + statusWidth + widths.reduce((sum, width) => sum + width, 0);
  const problemsAt = useMemo(() => {
    const byCell = new Map<string, TableProblem>();
    for (const problem of problems) byCell.set(`${problem.row} ${problem.column ?? ''}`, problem);
    return byCell;
  }, [problems]);

  const activeRow = rows[shownRows[active.row] ?? -1];
  const activeKey = activeRow?.key ?? null;
  useEffect(() => onActive(activeKey), [activeKey, onActive]);

  const goTo = (place: GridPlace) => {
    setActive(place);
    scrollIntoSight(scrollRef.current, widths, NUMBER_WIDTH + statusWidth, place);
  };
  useEffect(() => {
    if (target === null) return;
    const row = shownRows.findIndex((at) => rows[at]?.key === target.key);
    if (row < 0) return;
    goTo({ row, column: Math.max(0, target.column) });
    scrollRef.current?.focus();
    // Only a new target moves the keyboard.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [target]);
  useEffect(() => {
    setActive((before) => ({ ...before, row: Math.max(0, Math.min(before.row, shownRows.length - 1)) }));
  }, [shownRows.length]);

  const take = (value: string, leave: Leave) => {
    setEditing(null);
    if (activeKey !== null) onCell(activeKey, active.column, value);
    if (leave === 'stay') return;
    scrollRef.current?.focus();
    const key = { down: 'ArrowDown', right: 'ArrowRight', left: 'ArrowLeft' }[leave];
    goTo(moved(key, false, active, size) ?? active);
  };
  const size = { rows: shownRows.length, columns: columns.length, page: PAGE };

  const keyDown = (event: KeyboardEvent) => {
    if (event.target !== scrollRef.current || activeRow === undefined) return;
    const { key } = event;
    const isControl = event.ctrlKey || event.metaKey;
    const column = columns[active.column];
    const cell = activeRow.cells[active.column] ?? '';
    const done = (act: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    const place = event.altKey ? null : moved(key, isControl, active, size);
    if (place !== null) return done(() => goTo(place));
    if (isControl && key.toLowerCase() === 'z') return done(event.shiftKey ? onRedo : onUndo);
    if (isControl && key.toLowerCase() === 'y') return done(onRedo);
    if (isControl || event.altKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (key === 'Enter') return done(() => setEditing(cell));
    if (key === 'Delete' || key === 'Backspace') return done(() => onCell(activeRow.key, active.column, ''));
    if (key === ' ' && column?.type === 'flag') {
      return done(() => onCell(activeRow.key, active.column, cell === 'true' ? 'false' : 'true'));
    }
    if (key.length === 1 && key !== ' ') {
      const isPicked = column?.type === 'flag' || (column?.choices.length ?? 0) > 0;
      return done(() => setEditing(isPicked ? cell : key));
    }
  };

  return (
    <div
      ref={scrollRef}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 2}
      aria-activedescendant={`${id} ${activeKey} ${active.column}`.replaceAll(' ', '-')}
      onKeyDown={keyDown}
    >
      <div className={styles.gridHead} role="row" aria-rowindex={1} style={{ width: units(totalWidth) }}>
        <span role="columnheader" style={{ width: units(NUMBER_WIDTH) }}>
          {t('rules.row')}
        </span>
        <span role="columnheader" style={{ width: units(statusWidth) }}>
          {t('rules.status')}
        </span>
        {columns.map((column, at) => (
          <span key={column.id} role="columnheader" style={{ width: units(widths[at] ?? 0) }} title={column.id}>
            {words.label(column.label)}
            {column.isRequired ? ' *' : ''}
          </span>
        ))}
      </div>
      <div
        className={styles.gridBody}
        role="rowgroup"
        style={{ height: virtual.totalHeight, width: units(totalWidth) }}
      >
        {virtual.items.map(({ index, top }) => {
          const at = shownRows[index] ?? -1;
          const row = rows[at];
          if (row === undefined) return null;
          const time = rowTime(row.cells, places, today);
          return (
            <div
              key={row.key}
              className={styles.gridRow}
              role="row"
              aria-rowindex={at + FIRST_ROW}
              data-time={time}
              data-changed={isChanged(row)}
              data-active={index === active.row}
              style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}
            >
              <span role="rowheader" className={styles.number} style={{ width: units(NUMBER_WIDTH) }}>
                {at + FIRST_ROW}
              </span>
              <span role="gridcell" className={styles.status} style={{ width: units(statusWidth) }}>
                {row.base === null ? t('rules.isNew') : t(`rules.rowTimes.${time}`)}
                {row.cells[placeholder] === 'true' ? <i>{t('rules.placeholder')}</i> : null}
              </span>
              {columns.map((column, columnAt) => {
                const isActive = index === active.row && columnAt === active.column;
                const cell = row.cells[columnAt] ?? '';
                const problem = problemsAt.get(`${at + FIRST_ROW} ${column.id}`);
                return (
                  <span
                    key={column.id}
                    id={`${id} ${row.key} ${columnAt}`.replaceAll(' ', '-')}
                    role="gridcell"
                    data-type={column.type}
                    data-active={isActive}
                    data-severity={problem?.severity}
                    data-edited={row.base !== null && row.base[columnAt] !== cell}
                    aria-invalid={problem?.severity === 'error'}
                    title={problem === undefined ? cell : words.problem(problem)}
                    style={{ width: units(widths[columnAt] ?? 0) }}
                    onMouseDown={() => {
                      if (!(isActive && editing !== null)) setActive({ row: index, column: columnAt });
                    }}
                    onDoubleClick={() => setEditing(cell)}
                  >
                    {isActive && editing !== null ? (
                      <CellEditor
                        column={column}
                        label={t('rules.cell', { row: at + FIRST_ROW, column: words.label(column.label) })}
                        start={editing}
                        onTake={take}
                        onCancel={() => {
                          setEditing(null);
                          scrollRef.current?.focus();
                        }}
                      />
                    ) : (
                      words.shown(cell, column)
                    )}
                  </span>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function units(width: number): string {
  return `calc(${width} * var(--u))`;
}

/** Brings a cell into the part of the grid that neither the head nor the two still columns cover. */
function scrollIntoSight(
  grid: HTMLElement | null,
  widths: readonly number[],
  stillWidth: number,
  { row, column }: GridPlace,
): void {
  if (grid === null) return;
  const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const right = left + (widths[column] ?? 0);
  const room = grid.clientWidth - stillWidth;
  if (left < grid.scrollLeft) grid.scrollLeft = left;
  else if (right > grid.scrollLeft + room) grid.scrollLeft = right - room;
  const top = row * ROW_HEIGHT;
  const height = grid.clientHeight - 2 * ROW_HEIGHT;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top > grid.scrollTop + height) grid.scrollTop = top - height;
}
