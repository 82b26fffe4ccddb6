import { useEffect, useMemo, useState } from 'react';
import type { DistrictChange, DistrictDifference, DistrictReport } from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Empty } from '#renderer/ui/empty.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { changeCount, changeRows, type ChangeRow } from './change-rows.ts';
import { PlaceList } from './place-list.tsx';
import { sizeText } from './size-text.ts';
import { useShownPlace, type ShownPlace } from './use-shown-place.ts';
import styles from './district-lab.module.css';

/** What a file would change of the district in force: groups and changes as one list box; choosing one shows it on the map. */
export function ChangeView({
  report,
  onPlace,
}: {
  readonly report: DistrictReport;
  readonly onPlace: (place: ShownPlace | null) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { examinationId } = report;
  const isChecked = report.levels.length > 0;
  const [difference, setDifference] = useState<DistrictDifference | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [text, setText] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const shown = useShownPlace(onPlace);

  useEffect(() => {
    if (!isChecked) return;
    let isGone = false;
    void client.call('district.difference', { examinationId }).then((outcome) => {
      if (isGone) return;
      if (outcome.ok) setDifference(outcome.value);
      else setError(outcome.error);
    });
    return () => {
      isGone = true;
    };
  }, [client, examinationId, isChecked]);

  const rows = useMemo(() => (difference === null ? [] : changeRows(difference, text)), [difference, text]);
  const choose = (row: ChangeRow) => {
    setChosenId(row.id);
    if (row.type === 'group') return shown.clear('');
    const asked = { examinationId, level: row.level, change: row.change.index };
    return void shown.ask(() => client.call('district.changePlace', asked));
  };
  if (!isChecked) return <Notice kind="problem" title={t('lab.doctor.nothingChecked')} />;
  if (error !== null) {
    return (
      <Notice kind="problem" title={errorWords(error).title}>
        {errorWords(error).remedy}
      </Notice>
    );
  }
  if (difference === null) return <Notice kind="note" title={t('lab.changes.comparing')} />;
  if (changeCount(difference) === 0) return <Empty title={t('lab.changes.none')} hint={t('lab.changes.noneHint')} />;
  return (
    <div className={styles.problems}>
      <div className={styles.filters}>
        <Field
          label={t('lab.changes.search')}
          isLabelHidden
          type="search"
          placeholder={t('lab.changes.search')}
          value={text}
          onChange={setText}
        />
      </div>
      {rows.length === 0 ? (
        <Empty title={t('lab.changes.noneFit')} />
      ) : (
        <PlaceList
          label={t('lab.changes.list')}
          idPrefix="district-change"
          {...{ rows, chosenId }}
          line={(row) => <ChangeLine row={row} />}
          onChoose={choose}
        />
      )}
      <footer className={styles.foot}>
        <span role="status">{shown.status}</span>
        {difference.levels.map(({ level, areasBefore, areasAfter }) => (
          <span key={level}>
            {t('lab.changes.areas', { level, before: count(areasBefore), after: count(areasAfter) })}
          </span>
        ))}
      </footer>
    </div>
  );
}

function ChangeLine({ row }: { readonly row: ChangeRow }) {
  const { t } = useWords();
  if (row.type === 'group') {
    const { kind, level, count: places, shown } = row;
    const words = { kind: t(`lab.changeKinds.${kind}`), level, number: count(places), shown: count(shown) };
    return <b>{shown < places ? t('lab.problems.groupCut', words) : t('lab.problems.group', words)}</b>;
  }
  const { squareMetres, widthMetres } = row.change;
  const size = { area: sizeText(squareMetres), width: sizeText(widthMetres) };
  return (
    <>
      <span className={styles.codes}>{changeText(row.change)}</span>
      {squareMetres === 0 ? null : (
        <span className={styles.size}>
          {widthMetres === 0 ? t('lab.changes.ground', size) : t('lab.problems.size', size)}
        </span>
      )}
    </>
  );
}

/** `911 东村 → 912 西村`: what differs between the two, once. */
function changeText({ kind, before, after }: DistrictChange): string {
  const named = (areas: DistrictChange['before']) => areas.map(({ code, name }) => `${code} ${name}`).join(' + ');
  const [was] = before;
  const [comes] = after;
  switch (kind) {
    case 'added':
      return named(after);
    case 'gone':
    case 'moved':
      return named(before);
    case 'renamed':
      return `${named(before)} → ${comes?.name ?? ''}`;
    case 'reassigned':
      return `${named(before)} · ${was?.parent ?? '–'} → ${comes?.parent ?? '–'}`;
    case 'split':
    case 'merged':
      return `${named(before)} → ${named(after)}`;
  }
}
