import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { DistrictPlace, DistrictReport, TriedDistrict } from '#contract/district.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Empty } from '#renderer/ui/empty.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts';
import { ProblemLine } from './problem-line.tsx';
import { groupsOf, noProblemFilter, problemRows, type ProblemFilter, type ProblemRow } from './problem-rows.ts';
import styles from './district-lab.module.css';

/** What the map is to show. */
export type ShownPlace = DistrictPlace;

/** CSS pixels. */
const ROW_HEIGHT = 28;
const PAGE_ROWS = 12;
const ALL = 'all';

/** The report: groups and problems as one list box; choosing one shows it on the map. */
export function ProblemView({
  report,
  tried,
  onPlace,
}: {
  readonly report: DistrictReport;
  readonly tried: TriedDistrict | null;
  readonly onPlace: (place: ShownPlace | null) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [filter, setFilter] = useState<ProblemFilter>(noProblemFilter);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [status, setStatus] = useState('');
  const rows = useMemo(() => problemRows(report, tried, filter), [report, tried, filter]);
  const groups = groupsOf(report, tried);
  const asked = useRef(0);
  const showPlace = useRef(onPlace);
  useEffect(() => {
    showPlace.current = onPlace;
  });
  // Another view tells of something else than the map would show.
  useEffect(() => {
    const counter = asked;
    return () => {
      counter.current += 1;
      showPlace.current(null);
    };
  }, []);

  const choose = async (row: ProblemRow) => {
    setChosenId(row.id);
    asked.current += 1;
    const mine = asked.current;
    if (row.type === 'orphan') {
      onPlace({ at: [row.orphan.lon, row.orphan.lat], rings: [], areas: [] });
      return setStatus(t('lab.problems.onMap'));
    }
    if (row.type !== 'problem') {
      onPlace(null);
      return setStatus(row.type === 'file' ? t('lab.problems.noPlace') : '');
    }
    const { examinationId } = report;
    const outcome = await client.call('district.place', {
      examinationId,
      level: row.level,
      problem: row.problem.index,
    });
    if (mine !== asked.current) return;
    if (!outcome.ok) {
      onPlace(null);
      return setStatus(t('lab.problems.placeFailed', { reason: errorWords(outcome.error).title }));
    }
    const place = outcome.value;
    const hasPlace = place.at !== null || place.areas.some(({ rings }) => rings.length > 0);
    onPlace(hasPlace ? place : null);
    setStatus(t(hasPlace ? 'lab.problems.onMap' : 'lab.problems.noPlace'));
  };

  const ignored = report.levels.filter(({ ignored: { count: places } }) => places > 0);
  return (
    <div className={styles.problems}>
      {groups.length === 0 ? (
        <Empty
          title={report.levels.length === 0 ? t('lab.doctor.nothingChecked') : t('lab.problems.none')}
          {...(report.levels.length === 0 ? {} : { hint: t('lab.problems.noneHint') })}
        />
      ) : (
        <>
          <Filters report={report} groups={groups} filter={filter} onChange={setFilter} />
          {rows.length === 0 ? (
            <Empty title={t('lab.problems.noneFit')} />
          ) : (
            <ProblemList rows={rows} chosenId={chosenId} onChoose={(row) => void choose(row)} />
          )}
        </>
      )}
      <footer className={styles.foot}>
        <span role="status">{status}</span>
        {ignored.map(({ level, ignored: { count: places, squareMetres } }) => (
          <span key={level}>{t('lab.problems.ignored', { number: count(places), area: squareMetres.toFixed(2) })}</span>
        ))}
        {report.reportFile === null ? null : (
          <span className={styles.path}>{t('lab.problems.report', { file: report.reportFile })}</span>
        )}
      </footer>
      {report.levels.length === 0 && groups.length > 0 ? (
        <Notice kind="problem" title={t('lab.doctor.nothingChecked')} />
      ) : null}
    </div>
  );
}

function Filters({
  report,
  groups,
  filter,
  onChange,
}: {
  readonly report: DistrictReport;
  readonly groups: ReturnType<typeof groupsOf>;
  readonly filter: ProblemFilter;
  readonly onChange: (filter: ProblemFilter) => void;
}) {
  const { t } = useWords();
  const groupName = (group: (typeof groups)[number]['group'], places: number) => {
    if (group === 'file') return t('lab.problems.groupFile', { number: count(places) });
    if (group === 'orphans') return t('lab.problems.groupOrphans', { number: count(places) });
    return `${t(`lab.kinds.${group}`)} ${count(places)}`;
  };
  return (
    <div className={styles.filters}>
      <Pick
        label={t('lab.problems.level')}
        isLabelHidden
        size="small"
        items={[
          { id: ALL, name: t('lab.problems.allLevels') },
          ...report.levels.map(({ level }) => ({ id: String(level), name: t('lab.levels.level', { level }) })),
        ]}
        value={filter.level === null ? ALL : String(filter.level)}
        onChange={(id) => onChange({ ...filter, level: id === ALL ? null : Number(id) })}
      />
      <Pick
        label={t('lab.problems.kind')}
        isLabelHidden
        size="small"
        items={[
          { id: ALL, name: t('lab.problems.allKinds') },
          ...groups.map(({ group, count: places }) => ({ id: group, name: groupName(group, places) })),
        ]}
        value={filter.kind ?? ALL}
        onChange={(id) => onChange({ ...filter, kind: groups.find(({ group }) => group === id)?.group ?? null })}
      />
      <Field
        label={t('lab.problems.search')}
        isLabelHidden
        type="search"
        placeholder={t('lab.problems.search')}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
    </div>
  );
}

function ProblemList({
  rows,
  chosenId,
  onChoose,
}: {
  readonly rows: readonly ProblemRow[];
  readonly chosenId: string | null;
  readonly onChoose: (row: ProblemRow) => void;
}) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: rows.length, rowHeight: ROW_HEIGHT, scrollRef: list });
  const chosen = rows.findIndex(({ id }) => id === chosenId);
  const keyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = targetOf(event.key, chosen, rows.length);
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
      aria-label={t('lab.problems.list')}
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
              <ProblemLine row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function optionId(index: number): string {
  return `district-problem-${index}`;
}

function targetOf(key: string, chosen: number, length: number): number | null {
  const last = length - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(last, chosen + 1),
    ArrowUp: Math.max(0, chosen - 1),
    PageDown: Math.min(last, chosen + PAGE_ROWS),
    PageUp: Math.max(0, chosen - PAGE_ROWS),
    Home: 0,
    End: last,
  };
  return targets[key] ?? null;
}
