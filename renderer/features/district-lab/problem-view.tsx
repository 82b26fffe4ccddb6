import { useMemo, useState } from 'react';
import type { DistrictReport, TriedDistrict } from '#contract/district.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Empty } from '#renderer/ui/empty.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { PlaceList } from './place-list.tsx';
import { ProblemLine } from './problem-line.tsx';
import { groupsOf, noProblemFilter, problemRows, type ProblemFilter, type ProblemRow } from './problem-rows.ts';
import { useShownPlace, type ShownPlace } from './use-shown-place.ts';
import styles from './district-lab.module.css';

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
  const client = useClient();
  const [filter, setFilter] = useState<ProblemFilter>(noProblemFilter);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const rows = useMemo(() => problemRows(report, tried, filter), [report, tried, filter]);
  const groups = groupsOf(report, tried);
  const shown = useShownPlace(onPlace);

  const choose = (row: ProblemRow) => {
    setChosenId(row.id);
    if (row.type === 'orphan') return shown.show({ at: [row.orphan.lon, row.orphan.lat], rings: [], areas: [] });
    if (row.type !== 'problem') return shown.clear(row.type === 'file' ? t('lab.problems.noPlace') : '');
    const asked = { examinationId: report.examinationId, level: row.level, problem: row.problem.index };
    return void shown.ask(() => client.call('district.place', asked));
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
            <PlaceList
              label={t('lab.problems.list')}
              idPrefix="district-problem"
              {...{ rows, chosenId }}
              line={(row) => <ProblemLine row={row} />}
              onChoose={choose}
            />
          )}
        </>
      )}
      <footer className={styles.foot}>
        <span role="status">{shown.status}</span>
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
