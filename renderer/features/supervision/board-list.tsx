import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import { count, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { listTarget } from '#renderer/ui/list-target.ts';
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts';
import { nearestCase, type BoardRow } from './board-rows.ts';
import type { UnitGroup } from './lanes.ts';
import styles from './supervision.module.css';

/** Height of a line, in CSS pixels. */
const ROW_HEIGHT = 34;
const PAGE_ROWS = 12;

/** Units and their cases as one list box: arrows move from case to case, Space marks, Enter opens. */
export function BoardList({
  rows,
  selectedId,
  marked,
  label,
  now,
  listRef,
  onSelect,
  onMark,
  onOpen,
  onHold,
}: {
  readonly rows: readonly BoardRow[];
  readonly selectedId: string | null;
  readonly marked: ReadonlySet<string>;
  readonly label: string;
  readonly now: number;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly onSelect: (id: string) => void;
  readonly onMark: (id: string) => void;
  readonly onOpen: () => void;
  readonly onHold: (isHeld: boolean) => void;
}) {
  const [hold, setHold] = useState({ pointer: false, focus: false });
  const isHeld = hold.pointer || hold.focus;
  const virtual = useVirtualRows({ count: rows.length, rowHeight: ROW_HEIGHT, scrollRef: listRef });
  const selectedIndex = useMemo(
    () => (selectedId === null ? -1 : rows.findIndex(({ key }) => key === selectedId)),
    [rows, selectedId],
  );
  const active = useRef(selectedIndex);
  active.current = selectedIndex;
  useEffect(() => onHold(isHeld), [isHeld, onHold]);
  useEffect(() => {
    if (active.current >= 0) virtual.scrollTo(active.current);
    // Only a new selection scrolls; lines that come and go do not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selectedId]);

  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const wanted = listTarget(event.key, selectedIndex, rows.length, PAGE_ROWS);
    const target = wanted === null ? null : nearestCase(rows, wanted, wanted < selectedIndex ? -1 : 1);
    if (target !== null) onSelect(rows[target]?.key ?? '');
    else if (event.key === ' ' && selectedIndex >= 0 && selectedId !== null) onMark(selectedId);
    else if (event.key === 'Enter' && selectedIndex >= 0) onOpen();
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={listRef}
      className={styles.list}
      role="listbox"
      aria-multiselectable="false"
      tabIndex={0}
      aria-label={label}
      {...(selectedIndex < 0 ? {} : { 'aria-activedescendant': optionId(selectedId ?? '') })}
      onKeyDown={keyDown}
      onPointerEnter={() => setHold((before) => ({ ...before, pointer: true }))}
      onPointerLeave={() => setHold((before) => ({ ...before, pointer: false }))}
      onFocus={() => setHold((before) => ({ ...before, focus: true }))}
      onBlur={() => setHold((before) => ({ ...before, focus: false }))}
    >
      <div role="presentation" className={styles.sheet} style={{ height: virtual.totalHeight }}>
        {virtual.items.map(({ index, top }) => {
          const line = rows[index];
          if (line === undefined) return null;
          const style = { transform: `translate3d(0, ${top}px, 0)`, height: ROW_HEIGHT };
          if (line.kind === 'unit') {
            return (
              <div key={line.key} role="presentation" className={styles.unit} style={style}>
                <UnitLine group={line.group} now={now} />
              </div>
            );
          }
          return (
            <div
              key={line.key}
              id={optionId(line.key)}
              role="option"
              aria-selected={line.key === selectedId}
              data-marked={marked.has(line.key)}
              data-gone={line.isGone}
              className={styles.row}
              style={style}
              onClick={() => onSelect(line.key)}
              onDoubleClick={onOpen}
            >
              <CaseCells row={line.row} now={now} isMarked={marked.has(line.key)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A unit with what it has open, overdue, and longest. */
function UnitLine({ group, now }: { readonly group: UnitGroup; readonly now: number }) {
  const { t, language } = useWords();
  const { unit } = useNames();
  const longest = group.rows[0]?.dueAt ?? null;
  return (
    <>
      <b>{unit(group.unit)}</b>
      <span>
        {t('supervision.open')} <b>{count(group.open)}</b>
      </span>
      <span>
        {t('levels.level2')} <b>{count(group.overdue)}</b>
      </span>
      <span>
        {longest === null ? null : (
          <>
            {t(longest < now ? 'supervision.longest' : 'supervision.next')} <b>{span(longest - now, language)}</b>
          </>
        )}
      </span>
    </>
  );
}

function CaseCells({
  row,
  now,
  isMarked,
}: {
  readonly row: CaseRow;
  readonly now: number;
  readonly isMarked: boolean;
}) {
  const { t, language } = useWords();
  const { stateName } = useStateWords();
  const { areas } = useDesk();
  const level = attentionLevel(row, now);
  const isOver = row.dueAt !== null && row.dueAt < now;
  const about = [
    row.returnCount > 0 ? t('queue.returns', { count: row.returnCount }) : '',
    row.openSupervisions > 0 ? t('queue.supervisions', { count: row.openSupervisions }) : '',
    row.description,
  ].filter(Boolean);
  return (
    <>
      <span className={styles.mark}>{isMarked ? t('supervision.marked') : ''}</span>
      <LevelMark level={level} {...(level === null ? {} : { label: t(`levels.level${level}`) })} />
      <b>{row.id.slice(-4)}</b>
      <span className={styles.cell}>{row.className}</span>
      <span className={styles.dim}>{areas.names(row.gridCode).slice(0, 2).at(-1) ?? ''}</span>
      <span className={styles.time} data-over={isOver}>
        {row.dueAt === null
          ? t('queue.noClock')
          : `${t(isOver ? 'queue.over' : 'queue.left')} ${span(row.dueAt - now, language)}`}
      </span>
      <span className={styles.cell}>{stateName(row.record, row.state)}</span>
      <span className={styles.dim}>{about.join(' · ')}</span>
    </>
  );
}

function optionId(caseId: string): string {
  return `board-option-${caseId}`;
}
