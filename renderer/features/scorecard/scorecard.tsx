import { useState } from 'react';
import type { FiguresRow } from '#contract/figures.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { dayText, fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { periodsUpTo } from './periods.ts';
import { saveCsv } from './save-csv.ts';
import { shownGroups, askedIndicators, type ShownGroup } from './score-columns.ts';
import { scoreCsv } from './score-csv.ts';
import { ScoreDetail } from './score-detail.tsx';
import { ScoreTable } from './score-table.tsx';
import { useFigureCases, useScorecard, type ChosenNumber } from './use-scorecard.ts';
import styles from './scorecard.module.css';

/** The scorecard 考核 above the panels (desk-wall-briefing.md §9.9). */
export function Scorecard({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useWords();
  const errorWords = useErrorWords();
  const { store } = useDesk();
  const now = useNow(60_000);
  const today = dayText(now);
  const periods = periodsUpTo(today);
  const [periodId, setPeriodId] = useState(periods[0]?.id ?? '');
  const period = periods.find(({ id }) => id === periodId) ?? periods[0];
  const [group, setGroup] = useState<ShownGroup>('township');
  const [selected, setSelected] = useState<string>('');
  const [chosen, setChosen] = useState<ChosenNumber | null>(null);
  const shown = period ?? { id: '', from: today, to: today };
  const { value: table, error } = useScorecard(group, shown);
  const cases = useFigureCases(group, shown, chosen);
  useCommand('back', () => {
    onClose();
    return true;
  });
  const openCase = (selectedId: string) => store.setState({ workspace: null, selectedId });
  const choose = (next: ShownGroup) => {
    setGroup(next);
    setSelected('');
    setChosen(null);
  };

  const nameOf = (row: FiguresRow) => {
    if (row.of === '') return t('scorecard.district');
    return group === 'source' ? t(`sources.${row.of as 'hotline'}`) : row.name;
  };
  const isRunning = shown.to > today;
  const row =
    table?.rows.find(({ of }) => of === selected) ?? (selected === '' ? table?.rows[0] : undefined) ?? table?.total;
  const save = () => {
    if (table === null) return;
    const named = { ...table, rows: table.rows.map((one) => ({ ...one, name: nameOf(one) })) };
    const total = { ...table.total, name: t('scorecard.district') };
    saveCsv(
      `${t('scorecard.title')}-${t(`scorecard.groups.${group}`)}-${shown.id}.csv`,
      scoreCsv(
        { ...named, total },
        {
          ...{
            rank: t('scorecard.rank'),
            band: t('scorecard.band'),
            name: t('scorecard.name'),
            code: t('scorecard.code'),
          },
          ...{ score: t('scorecard.score'), low: t('scorecard.low'), high: t('scorecard.high') },
          figures: askedIndicators.map((id) => t(`scorecard.indicators.${id}`)),
          ...{ numerator: t('scorecard.parts.n'), denominator: t('scorecard.parts.d') },
        },
      ),
    );
  };
  return (
    <section className={styles.tool} aria-label={t('scorecard.title')}>
      <header className={styles.head}>
        <h2>{t('scorecard.title')}</h2>
        <div className={styles.period}>
          <Pick
            label={t('scorecard.period')}
            isLabelHidden
            size="small"
            items={periods.map(({ id }) => ({ id, name: id }))}
            value={shown.id}
            onChange={(id) => {
              setPeriodId(id);
              setChosen(null);
            }}
          />
        </div>
        {isRunning ? <span className={styles.tag}>{t('scorecard.running')}</span> : null}
        {table?.scheme == null ? null : (
          <span className={styles.faint}>
            {t('scorecard.scheme', { code: table.scheme.code })}
            {'  '}
            {table.scheme.weights
              .map(({ indicator, weight }) => {
                const id = askedIndicators.find((one) => one === indicator);
                return `${id === undefined ? indicator : t(`scorecard.indicators.${id}`)} ${Math.round(weight * 100)}`;
              })
              .join(' · ')}
          </span>
        )}
        {table?.scheme?.isPlaceholder === true ? (
          <span className={styles.tag}>{t('scorecard.placeholder')}</span>
        ) : null}
        {table?.isWhole === false ? <span className={styles.tag}>{t('scorecard.notWhole')}</span> : null}
        <span className={styles.end}>
          <Button size="small" isDisabled={table === null || table.rows.length === 0} onPress={save}>
            {t('scorecard.export')}
          </Button>
          <Button size="small" shortcut={keyOf('back')} onPress={onClose}>
            {t('scorecard.close')}
          </Button>
        </span>
      </header>
      <nav className={styles.tabs} aria-label={t('scorecard.compare')}>
        {shownGroups.map(({ id }) => (
          <button key={id} type="button" aria-current={id === group ? 'true' : undefined} onClick={() => choose(id)}>
            {t(`scorecard.groups.${id}`)} {id === group && table !== null ? <span>{table.rows.length}</span> : null}
          </button>
        ))}
        {table?.scheme == null ? null : (
          <span className={styles.rule}>
            {t('scorecard.rule', { count: table.scheme.smallBelow, target: table.scheme.target ?? '—' })}
          </span>
        )}
      </nav>
      {table === null ? (
        <Empty
          title={error === null ? t('scorecard.loading') : errorWords(error).title}
          {...(error === null ? {} : { hint: errorWords(error).remedy })}
        />
      ) : table.rows.length === 0 ? (
        <Empty title={t('scorecard.empty', { period: shown.id })} hint={t('scorecard.emptyHint')} />
      ) : (
        <div className={styles.panes}>
          <div className={styles.main}>
            <ScoreTable
              key={`${group} ${shown.id}`}
              table={table}
              hasPlot={shownGroups.some(({ id, hasPlot }) => id === group && hasPlot)}
              selected={row?.of ?? ''}
              nameOf={nameOf}
              onSelect={({ of }) => setSelected(of)}
              onOpen={(one, indicator) => setChosen({ indicator, part: 'n', of: one.of, name: nameOf(one) })}
            />
          </div>
          {row === undefined ? null : (
            <ScoreDetail
              row={row}
              name={nameOf(row)}
              table={table}
              chosen={chosen}
              cases={cases}
              onPart={(part) => setChosen((before) => before && { ...before, part })}
              onOpenCase={openCase}
            />
          )}
        </div>
      )}
      <p className={styles.time} lang={language}>
        {t('scorecard.dataTime', { time: fullTime(now), sequence: table?.sequence ?? '—' })}
      </p>
    </section>
  );
}
