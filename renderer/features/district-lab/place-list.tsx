import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts';
import { listTarget } from '#renderer/ui/list-target.ts';
import styles from './district-lab.module.css';

/** CSS pixels. */
const ROW_HEIGHT = 28;
const PAGE_ROWS = 12;

/** A row of what the lab lists: heads of groups, and things that have a place on the map. */
export interface PlaceRow {
  readonly id: string;
  /** `group` is a head. */
  readonly type: string;
}

/** Heads and places as one list box; choosing is telling, and the caller shows the place on the map. */
export function PlaceList<Row extends PlaceRow>({
  label,
  idPrefix,
  rows,
  chosenId,
  line,
  onChoose,
}: {
  readonly label: string;
  /** Of the ids in the document. */
  readonly idPrefix: string;
  readonly rows: readonly Row[];
  readonly chosenId: string | null;
  readonly line: (row: Row) => ReactNode;
  readonly onChoose: (row: Row) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: rows.length, rowHeight: ROW_HEIGHT, scrollRef: list });
  const chosen = rows.findIndex(({ id }) => id === chosenId);
  const optionId = (index: number) => `${idPrefix}-${index}`;
  const keyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = listTarget(event.key, chosen, rows.length, PAGE_ROWS);
    const row = target === null ? undefined : rows[target];
    if (target === null || row === undefined) return;
    virtual.scrollTo(target);
    onChoose(row);
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      {...(chosen < 0 ? {} : { 'aria-activedescendant': optionId(chosen) })}
      onKeyDown={keyDown}
    >
      <div role="presentation" className={styles.sheet} style={{ height: virtual.totalHeight }}>
        {virtual.items.map(({ index, top }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.id}
              id={optionId(index)}
              role="option"
              aria-selected={index === chosen}
              className={styles.row}
              data-type={row.type}
              style={{ top, height: ROW_HEIGHT }}
              onClick={() => onChoose(row)}
            >
              {line(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
