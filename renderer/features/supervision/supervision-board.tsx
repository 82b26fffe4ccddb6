import { useEffect, useMemo, useRef, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { clockTime, count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';
import { useWarnings } from '#renderer/state/use-warnings.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { BoardList } from './board-list.tsx';
import { boardRows, heldRows, type BoardRow } from './board-rows.ts';
import { BulkForm } from './bulk-form.tsx';
import { groupByUnit, lanes, sortIntoLanes, type Lane } from './lanes.ts';
import styles from './supervision.module.css';

const KEY = 'grid-command-lane';

/** The mark that a lane's cases have at least; the others are no level of their own. */
const levelOf: Partial<Readonly<Record<Lane, 2 | 3 | 4>>> = { overdue: 2, returned: 4, repeated: 4, supervised: 4 };

/**
 * The supervision board 督办台 (desk-wall-briefing.md §9.8): lanes with their counts, the cases of one lane by responsible
 * unit, and 催办 or 督办 of one (F7) or of several after a preview.
 */
export function SupervisionBoard({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useWords();
  const { live, areas, store } = useDesk();
  const isPast = useIsPast();
  const now = useNow(5_000);
  const version = useLiveVersion(1_000);
  const { warnings } = useWarnings(true);
  const selectedId = useChoice((state) => state.selectedId);
  const [lane, setLane] = useState<Lane>(() => lanes.find((name) => name === localStorage.getItem(KEY)) ?? 'overdue');
  const [isHeld, setHeld] = useState(false);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [isBulk, setBulk] = useState(false);
  const listRef = useRef<HTMLDivElement>(null);

  const sorted = useMemo(
    () => sortIntoLanes(live.rows.values(), warnings?.warnings ?? [], areas, now),
    // The version stands for the rows.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [live, version, warnings, areas, now],
  );
  const fresh = useMemo(
    () => boardRows(groupByUnit(sorted[lane], live.rows.values(), areas, now)),
    [sorted, lane, live, areas, now],
  );
  const { rows, arrived, letIn } = useHeldRows(fresh, lane, isHeld && !isPast);

  const choose = (next: Lane) => {
    localStorage.setItem(KEY, next);
    setLane(next);
    setMarked(new Set());
    setBulk(false);
  };
  const mark = (id: string) =>
    setMarked((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const showNew = () => {
    letIn();
    listRef.current?.scrollTo({ top: 0 });
  };
  useCommand('focus_queue', () => listRef.current?.focus());
  useCommand('let_in', showNew);
  useCommand('bulk', () => {
    if (marked.size === 0) return false;
    setBulk(true);
    return true;
  });

  const cases = rows.filter(({ kind }) => kind === 'case').length;
  const units = rows.length - cases;
  return (
    <section className={styles.board} aria-label={t('supervision.title')} id="queue">
      <nav className={styles.lanes} aria-label={t('supervision.lanes')}>
        <h2 className={styles.lanesHead}>
          {t('supervision.title')} <span>{clockTime(now)}</span>
        </h2>
        <ListBox
          aria-label={t('supervision.lanes')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[lane]}
          onSelectionChange={(keys) => {
            const chosen = lanes.find((name) => keys !== 'all' && keys.has(name));
            if (chosen !== undefined) choose(chosen);
          }}
        >
          {lanes.map((name) => (
            <ListBoxItem key={name} id={name} textValue={t(`supervision.lane.${name}`)} className={styles.lane ?? ''}>
              <LevelMark level={levelOf[name] ?? null} />
              <span>{t(`supervision.lane.${name}`)}</span>
              <b>{count(sorted[name].length)}</b>
            </ListBoxItem>
          ))}
        </ListBox>
        <p className={styles.placeholder}>{t('supervision.placeholder')}</p>
      </nav>
      <div className={styles.main}>
        <header className={styles.head}>
          <LevelMark level={levelOf[lane] ?? null} />
          <h3>{t(`supervision.lane.${lane}`)}</h3>
          <span>{t('supervision.counts', { cases, units })}</span>
          <span className={styles.gap} />
          <Button
            size="small"
            shortcut={keyOf('bulk')}
            isDisabled={marked.size === 0 || isPast}
            onPress={() => setBulk(true)}
          >
            {t('supervision.bulk', { count: marked.size })}
          </Button>
        </header>
        {rows.length === 0 ? (
          <Empty
            title={t(live.isComplete ? 'supervision.empty' : 'queue.loading', { count: live.rows.size })}
            hint={t('supervision.emptyHint')}
          />
        ) : (
          <BoardList
            {...{ rows, selectedId, marked, listRef, now }}
            label={t(`supervision.lane.${lane}`)}
            onSelect={(id) => store.setState({ selectedId: id })}
            onMark={mark}
            onOpen={onOpen}
            onHold={setHeld}
          />
        )}
        {isBulk ? (
          <BulkForm ids={[...marked]} onClose={() => setBulk(false)} onDone={() => setMarked(new Set())} />
        ) : null}
        <footer className={styles.foot}>
          {arrived > 0 ? (
            <>
              <span role="status">{t('queue.arrived', { count: arrived })}</span>
              <Button kind="quiet" size="small" shortcut={keyOf('let_in')} onPress={showNew}>
                {t('queue.letIn')}
              </Button>
            </>
          ) : (
            <span>{t('supervision.hint')}</span>
          )}
        </footer>
      </div>
    </section>
  );
}

/** Lines that stand still while a person is at work among them. Another lane lets everything in. */
function useHeldRows(fresh: readonly BoardRow[], lane: Lane, isHeld: boolean) {
  const { live } = useDesk();
  const [shown, setShown] = useState({ rows: fresh, lane, arrived: 0 });
  useEffect(() => {
    setShown((before) =>
      isHeld && before.lane === lane && before.rows.length > 0
        ? { ...heldRows(before.rows, fresh, live.rows), lane }
        : { rows: fresh, lane, arrived: 0 },
    );
  }, [fresh, lane, isHeld, live]);
  return { ...shown, letIn: () => setShown({ rows: fresh, lane, arrived: 0 }) };
}
