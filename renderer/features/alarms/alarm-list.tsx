import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { isWaiting, type Alarm } from '#domain/alarms/alarm.ts';
import { count, moment, span } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import type { LiveAlarms } from '#renderer/state/live-alarms.ts';
import { Empty } from '#renderer/ui/empty.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { listTarget } from '#renderer/ui/list-target.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { AlarmDetail } from './alarm-detail.tsx';
import { AlarmFilters } from './alarm-filters.tsx';
import { alarmsOf, treeLines, type AlarmFilter, type AlarmTreeLine } from './alarm-lines.ts';
import { ShelveDialog } from './shelve-dialog.tsx';
import { useAlarmActs } from './use-alarm-acts.ts';
import { useAlarmSight, useHostNow } from './use-alarm-sight.ts';
import { useAlarmWords } from './use-alarm-words.ts';
import styles from './alarms.module.css';

const PAGE_ROWS = 10;
/** Lines that are drawn; in a flood groups hold what is behind them. */
const MOST_LINES = 500;

/** What stands, or what is shelved, by level and age, with the chosen one beside it. Focus stays while lines come and go. */
export function AlarmList({
  live,
  isShelf,
  onShelf,
  onShowCase,
}: {
  readonly live: LiveAlarms;
  readonly isShelf: boolean;
  /** To the shelf, and back. */
  readonly onShelf: () => void;
  readonly onShowCase: (where: 'case' | 'map') => void;
}) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const { store } = useDesk();
  const words = useAlarmWords();
  const acts = useAlarmActs();
  const now = useHostNow(5_000);
  const sight = useAlarmSight(live);
  const [filter, setFilter] = useState<AlarmFilter>({ priority: null, standing: null });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [shelving, setShelving] = useState<readonly Alarm[] | null>(null);
  const treeRef = useRef<HTMLDivElement>(null);
  const lastIndex = useRef(0);
  const treeId = useId();
  useEffect(() => treeRef.current?.focus(), []);

  const lines: readonly AlarmTreeLine[] = isShelf
    ? sight.shelved.map((alarm) => ({ kind: 'alarm', key: `alarm-${alarm.id}`, group: groupOfOne(alarm), alarm }))
    : treeLines(sight.groups, filter, open);
  const shown = lines.slice(0, MOST_LINES);
  const found = shown.findIndex(({ key }) => key === chosenKey);
  // Where the chosen line went away, the one that came into its place is chosen.
  const index = found >= 0 ? found : Math.min(lastIndex.current, Math.max(0, shown.length - 1));
  const chosen = shown[index];
  useEffect(() => {
    lastIndex.current = index;
  });
  const choose = (line: AlarmTreeLine | undefined) => {
    if (line === undefined) return;
    setChosenKey(line.key);
    document.getElementById(`${treeId}-${line.key}`)?.scrollIntoView({ block: 'nearest' });
  };
  const toggle = (key: string, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(key);
    else next.delete(key);
    setOpen(next);
  };
  const goTo = ({ about, place }: Alarm, where: 'case' | 'map') => {
    if (about.kind === 'case') store.setState({ selectedId: about.caseId });
    else if (place.area !== null) store.setState((state) => ({ filter: { ...state.filter, area: place.area } }));
    onShowCase(about.kind === 'case' ? where : 'map');
  };
  const pressed = (event: KeyboardEvent) => {
    const target = listTarget(event.key, index, shown.length, PAGE_ROWS);
    if (target !== null) choose(shown[target]);
    else if (chosen === undefined) return;
    else if (event.key === 'ArrowRight' && chosen.kind === 'group') toggle(chosen.key, true);
    else if (event.key === 'ArrowLeft' && !isShelf) {
      toggle(chosen.group.key, false);
      if (chosen.kind === 'alarm' && open.has(chosen.group.key)) setChosenKey(chosen.group.key);
    } else if (event.key === 'Enter') {
      if (chosen.kind === 'group') toggle(chosen.key, !chosen.isOpen);
      else goTo(chosen.alarm, 'case');
    } else if (event.key === ' ')
      acts.acknowledge(
        alarmsOf(chosen)
          .filter(isWaiting)
          .map(({ id }) => id),
      );
    else if (event.key === 'h') acts.takeInHand(alarmsOf(chosen).map(({ id }) => id));
    else if (event.key === 's' && !isShelf) setShelving(alarmsOf(chosen));
    else if (event.key === 'u' && isShelf) acts.unshelve(alarmsOf(chosen).map(({ id }) => id));
    else if (event.key === 'b') onShelf();
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.panes}>
      <div className={styles.listPane}>
        {isShelf ? null : <AlarmFilters filter={filter} onChange={setFilter} />}
        {acts.error === null ? null : (
          <Notice kind="problem" title={errorWords(acts.error).title}>
            {errorWords(acts.error).remedy}
          </Notice>
        )}
        {shown.length === 0 ? (
          <Empty
            title={t(isShelf ? 'alarmCenter.noneShelved' : 'alarmCenter.none')}
            hint={t(isShelf ? 'alarmCenter.shelfHint' : 'alarmCenter.noneHint')}
          />
        ) : null}
        <div
          ref={treeRef}
          className={styles.tree}
          role="tree"
          tabIndex={0}
          aria-label={t(isShelf ? 'alarmCenter.view.shelved' : 'alarmCenter.view.standing')}
          aria-activedescendant={chosen === undefined ? undefined : `${treeId}-${chosen.key}`}
          onKeyDown={pressed}
        >
          {shown.map((line, at) => (
            <div
              key={line.key}
              id={`${treeId}-${line.key}`}
              className={styles.line}
              role="treeitem"
              aria-level={line.kind === 'alarm' && line.group.alarms.length > 1 ? 2 : 1}
              aria-selected={at === index}
              {...(line.kind === 'group' ? { 'aria-expanded': line.isOpen } : {})}
              data-chosen={at === index}
              data-inner={line.kind === 'alarm' && line.group.alarms.length > 1}
              onClick={() => choose(line)}
              onDoubleClick={() => (line.kind === 'group' ? toggle(line.key, !line.isOpen) : goTo(line.alarm, 'case'))}
            >
              {line.kind === 'group' ? <GroupLine line={line} /> : <AlarmLine alarm={line.alarm} />}
            </div>
          ))}
        </div>
        {lines.length > shown.length ? (
          <p className={styles.note}>{t('alarmCenter.moreLines', { number: count(lines.length - shown.length) })}</p>
        ) : null}
      </div>
      {chosen === undefined ? (
        <div />
      ) : (
        <AlarmDetail
          alarms={alarmsOf(chosen)}
          isGroup={chosen.kind === 'group'}
          acts={acts}
          now={now}
          onShelve={() => setShelving(alarmsOf(chosen))}
          onGoTo={goTo}
        />
      )}
      {shelving === null ? null : (
        <ShelveDialog
          alarms={shelving}
          acts={acts}
          onClose={() => {
            setShelving(null);
            treeRef.current?.focus();
          }}
        />
      )}
    </div>
  );

  function GroupLine({ line }: { readonly line: AlarmTreeLine & { readonly kind: 'group' } }) {
    const { group, isOpen } = line;
    const oldest = group.alarms[0]?.raisedAt ?? now;
    return (
      <>
        <span className={styles.fold} aria-hidden="true">
          {isOpen ? '▾' : '▸'}
        </span>
        <LevelMark level={group.priority} label={t(`alarmCenter.priority.p${group.priority}`)} />
        <b className={styles.lineType}>{words.typeName(group.typeId)}</b>
        <span className={styles.linePlace}>{words.groupPlace(group)}</span>
        <span className={styles.lineState}>
          {t('alarmCenter.ofGroup', { number: count(group.alarms.length), waiting: count(group.waiting) })}
        </span>
        <span className={styles.lineAge}>{span(now - oldest, language)}</span>
      </>
    );
  }

  function AlarmLine({ alarm }: { readonly alarm: Alarm }) {
    return (
      <>
        <span className={styles.fold} />
        <LevelMark
          level={alarm.priority}
          label={t(`alarmCenter.priority.p${alarm.priority}`)}
          isOutline={!isWaiting(alarm)}
        />
        <b className={styles.lineType} data-waiting={isWaiting(alarm)}>
          {words.typeName(alarm.typeId)}
        </b>
        <span className={styles.linePlace}>
          {words.placeOf(alarm)} · {words.aboutOf(alarm)}
          {alarm.count > 1 ? ` ×${count(alarm.count)}` : ''}
        </span>
        <span className={styles.lineState}>
          {words.standing(alarm)}
          {alarm.shelf === null ? '' : ` ${t('alarmCenter.until', { time: moment(alarm.shelf.until, now) })}`}
        </span>
        <span className={styles.lineAge}>{span(now - alarm.raisedAt, language)}</span>
      </>
    );
  }
}

function groupOfOne(alarm: Alarm) {
  const { typeId, priority, place } = alarm;
  return { key: `alarm-${alarm.id}`, typeId, priority, area: place.area, alarms: [alarm], waiting: 0 };
}
