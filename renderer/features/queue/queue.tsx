import { memo, useCallback, useRef, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { RecordKind } from '#domain/case/lifecycle.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { keyOf } from '#renderer/actions/commands.ts';
import { count } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import {
  isFiltered,
  noFilter,
  statesOfTab,
  tabs,
  type DeskFilter,
  type Tab as TabName,
} from '#renderer/state/case-filter.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { CaseList } from './case-list.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { useClosed } from './use-closed.ts';
import { useListed } from './use-listed.ts';
import styles from './queue.module.css';

/** The live list of cases: tabs by what must be done, filters, rows, and closed cases from the host. */
export function Queue({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { live, store } = useDesk();
  const filter = useChoice((state) => state.filter);
  const selectedId = useChoice((state) => state.selectedId);
  const listRef = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  const { listed, letAllIn } = useListed(isHeld);
  const isClosedTab = filter.tab === 'closed';
  const closed = useClosed(filter, isClosedTab);
  const rows = isClosedTab ? closed.rows.map((row) => ({ row, isGone: false })) : listed.rows;

  const choose = useCallback(
    (change: Partial<DeskFilter>) => store.setState((state) => ({ filter: { ...state.filter, ...change } })),
    [store],
  );
  const select = useCallback((id: string) => store.setState({ selectedId: id }), [store]);
  const showNew = () => {
    letAllIn();
    listRef.current?.scrollTo({ top: 0 });
  };
  useCommand('focus_queue', () => listRef.current?.focus());
  useCommand('let_in', () => showNew());

  return (
    <section className={styles.queue} aria-label={t('queue.title')} id="queue">
      <QueueTabs tab={filter.tab} record={filter.record} onChange={choose} />
      <QueueFilters filter={filter} onChange={choose} />
      {rows.length === 0 ? (
        emptyState()
      ) : (
        <CaseList
          {...{ rows, selectedId, listRef }}
          label={t('queue.column')}
          onSelect={select}
          onOpen={onOpen}
          onLetIn={showNew}
          onHold={setHeld}
        />
      )}
      {isClosedTab && closed.hasMore ? (
        <div className={styles.more}>
          <Button size="small" isDisabled={closed.isLoading} onPress={closed.more}>
            {t('queue.more')}
          </Button>
        </div>
      ) : null}
      <footer className={styles.foot}>
        <span>{countText()}</span>
        {!isClosedTab && listed.arrived > 0 ? (
          <>
            <span role="status">{t('queue.arrived', { count: listed.arrived })}</span>
            <Button kind="quiet" size="small" shortcut={keyOf('let_in')} onPress={showNew}>
              {t('queue.letIn')}
            </Button>
          </>
        ) : (
          <span>{t('queue.hint')}</span>
        )}
      </footer>
    </section>
  );

  function countText(): string {
    if (isClosedTab) return t('queue.countOf', { count: rows.length, total: count(closed.total ?? 0) });
    const total = live.sizeOf(null);
    if (filter.tab === 'all' && !isFiltered(filter)) return t('queue.count', { count: total });
    return t('queue.countOf', { count: rows.length, total: count(total) });
  }

  function emptyState() {
    if (isClosedTab && closed.error !== null) {
      const { title } = errorWords(closed.error);
      return (
        <Empty title={t('queue.failed', { reason: title })}>
          <Button onPress={closed.retry}>{t('queue.retry')}</Button>
        </Empty>
      );
    }
    if (isClosedTab && closed.isLoading) return <Empty title={t('queue.loadingClosed')} />;
    if (!isClosedTab && !live.isComplete) return <Empty title={t('queue.loading', { count: live.rows.size })} />;
    if (isFiltered(filter) || filter.tab !== 'all') {
      return (
        <Empty title={t('queue.emptyFilter')} hint={t('queue.emptyFilterHint')}>
          <Button onPress={() => store.setState({ filter: noFilter })}>{t('queue.clear')}</Button>
        </Empty>
      );
    }
    return <Empty title={t('queue.emptyAll')} hint={t('queue.emptyAllHint')} />;
  }
}

const tabsOfOther: Readonly<Record<RecordKind, readonly TabName[]>> = {
  case: ['sign', 'call_back'],
  ticket: ['register', 'returned', 'check', 'close'],
};

/** Which cases the list shows. Rendered apart from the rows, and less often. */
const QueueTabs = memo(function QueueTabs({
  tab,
  record,
  onChange,
}: {
  readonly tab: TabName;
  readonly record: RecordKind | null;
  readonly onChange: (change: Partial<DeskFilter>) => void;
}) {
  const { t } = useWords();
  const { live } = useDesk();
  const isPast = useIsPast();
  useLiveVersion(1_000);
  return (
    <ToggleButtonGroup
      aria-label={t('queue.filters')}
      className={styles.tabs ?? ''}
      disallowEmptySelection
      selectedKeys={[tab]}
      onSelectionChange={(keys) => {
        const chosen = tabs.find((name) => keys.has(name));
        if (chosen !== undefined) onChange({ tab: chosen });
      }}
    >
      {tabs.filter(isShown).map((name) => (
        <ToggleButton key={name} id={name} className={styles.tab ?? ''} isDisabled={isPast && name === 'closed'}>
          {t(`queue.tabs.${name}`)}
          {name === 'closed' ? null : <span className={styles.tabCount}>{countOf(name)}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );

  /** Steps that the chosen kind does not have need no tab. */
  function isShown(name: TabName): boolean {
    return record === null || !tabsOfOther[record].includes(name);
  }

  function countOf(name: Exclude<TabName, 'closed'>): string {
    if (name === 'all') return count(live.sizeOf(record));
    if (name === 'supervised') return count(live.supervisedOf(record));
    return count(statesOfTab[name].reduce((sum, state) => sum + live.countOf(state, record), 0));
  }
});
