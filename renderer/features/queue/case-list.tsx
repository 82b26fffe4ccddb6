import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { listTarget } from '#renderer/ui/list-target.ts';
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts';
import { CaseLine } from './case-line.tsx';
import type { ListedCase } from './case-order.ts';
import styles from './queue.module.css';

/** Height of a row, in CSS pixels. */
const ROW_HEIGHT = 44;
const PAGE_ROWS = 12;

/**
 * The rows as one list box: arrows move and select, Enter opens. Only rows in sight exist in the document. Tells
 * whether a person is at work in it, so that nothing moves under the hand (K6).
 */
export function CaseList({
  rows,
  selectedId,
  label,
  onSelect,
  onOpen,
  onLetIn,
  onHold,
  listRef,
}: {
  readonly rows: readonly ListedCase[];
  readonly selectedId: string | null;
  readonly label: string;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onLetIn: () => void;
  readonly onHold: (isHeld: boolean) => void;
  readonly listRef: React.RefObject<HTMLDivElement | null>;
}) {
  const { areas } = useDesk();
  const now = useNow(5_000);
  const [hold, setHold] = useState({ pointer: false, focus: false, scroll: false });
  const isHeld = hold.pointer || hold.focus || hold.scroll;
  const virtual = useVirtualRows({ count: rows.length, rowHeight: ROW_HEIGHT, scrollRef: listRef });
  const selectedIndex = useMemo(
    () => (selectedId === null ? -1 : rows.findIndex(({ row }) => row.id === selectedId)),
    [rows, selectedId],
  );
  const active = useRef(selectedIndex);
  active.current = selectedIndex;

  useEffect(() => onHold(isHeld), [isHeld, onHold]);
  useEffect(() => {
    if (active.current >= 0) virtual.scrollTo(active.current);
    // Only a new selection scrolls; rows that come and go do not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selectedId]);

  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = listTarget(event.key, selectedIndex, rows.length, PAGE_ROWS);
    if (target !== null) {
      const row = rows[target]?.row;
      if (event.key === 'Home') onLetIn();
      if (row !== undefined) onSelect(row.id);
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && selectedId !== null) {
      onOpen(selectedId);
      event.preventDefault();
    }
  };

  return (
    <div
      ref={listRef}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      {...(selectedIndex < 0 ? {} : { 'aria-activedescendant': optionId(selectedId ?? '') })}
      onKeyDown={keyDown}
      onPointerEnter={() => setHold((before) => ({ ...before, pointer: true }))}
      onPointerLeave={() => setHold((before) => ({ ...before, pointer: false }))}
      onFocus={() => setHold((before) => ({ ...before, focus: true }))}
      onBlur={() => setHold((before) => ({ ...before, focus: false }))}
      onScroll={(event) => {
        const scroll = event.currentTarget.scrollTop > 0;
        setHold((before) => (before.scroll === scroll ? before : { ...before, scroll }));
      }}
    >
      <div role="presentation" className={styles.sheet} style={{ height: virtual.totalHeight }}>
        {virtual.items.map(({ index, top }) => {
          const listed = rows[index];
          if (listed === undefined) return null;
          const { row, isGone } = listed;
          return (
            <div
              key={row.id}
              id={optionId(row.id)}
              role="option"
              aria-selected={row.id === selectedId}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              data-gone={isGone}
              data-case={row.id}
              className={styles.row}
              style={{ transform: `translate3d(0, ${top}px, 0)`, height: ROW_HEIGHT }}
              onClick={() => onSelect(row.id)}
              onDoubleClick={() => onOpen(row.id)}
            >
              <CaseLine row={row} isGone={isGone} areas={areas} now={now} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function optionId(caseId: string): string {
  return `case-option-${caseId}`;
}
