import { useRef, useState, type KeyboardEvent } from 'react';
import type { FiguresRow, FiguresTableGot } from '#contract/figures.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import {
  bandText,
  changeText,
  figureText,
  partsText,
  scoreText,
  shownIndicators,
  type ShownIndicator,
} from './score-columns.ts';
import { rangeOf, ScoreAxis, ScoreDot, TrendLine } from './score-plot.tsx';
import styles from './scorecard.module.css';

/** Long tables begin with so many rows. */
const FIRST_ROWS = 120;

interface Props {
  readonly table: FiguresTableGot;
  readonly hasPlot: boolean;
  readonly selected: string;
  readonly nameOf: (row: FiguresRow) => string;
  readonly onSelect: (row: FiguresRow) => void;
  readonly onOpen: (row: FiguresRow, indicator: ShownIndicator) => void;
}

/**
 * Groups by rank with their figures. One cell takes the focus (arrow keys, Home, End); Enter opens the cases of its number, and
 * what it is made of stands in the line below the table.
 */
export function ScoreTable({ table, hasPlot, selected, nameOf, onSelect, onOpen }: Props) {
  const { t } = useWords();
  const [active, setActive] = useState({ row: 0, column: 0 });
  const [isAll, setAll] = useState(false);
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const rows = isAll ? table.rows : table.rows.slice(0, FIRST_ROWS);
  const all = [...rows, table.total];
  const at = Math.min(active.row, all.length - 1);
  const range = rangeOf(table.rows, table.scheme?.target ?? null);
  const target = table.scheme?.target ?? null;

  const focus = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(all.length - 1, row)),
      column: Math.max(0, Math.min(shownIndicators.length - 1, column)),
    };
    setActive(next);
    const found = all[next.row];
    if (found !== undefined) onSelect(found);
    bodyRef.current?.querySelector<HTMLElement>(`[data-cell="${next.row}-${next.column}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { row, column } = { ...active, row: at };
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [0, column],
      End: [all.length - 1, column],
    };
    const move = moves[event.key];
    const found = all[row];
    const indicator = shownIndicators[column];
    if (move !== undefined) focus(...move);
    else if (event.key === 'Enter' && found !== undefined && indicator !== undefined) onOpen(found, indicator);
    else return;
    event.preventDefault();
  };

  const focused = all[at];
  const figure = focused?.figures[active.column];
  return (
    <>
      <div className={styles.tableScroll}>
        <table
          className={styles.table}
          role="grid"
          aria-label={t('scorecard.title')}
          aria-rowcount={table.rows.length + 1}
        >
          <thead>
            <tr>
              <th scope="col">{t('scorecard.rank')}</th>
              <th scope="col">{t('scorecard.band')}</th>
              <th scope="col" className={styles.left}>
                {t('scorecard.name')}
              </th>
              <th scope="col">{t('scorecard.score')}</th>
              <th scope="col">{t('scorecard.change')}</th>
              {shownIndicators.map((id) => (
                <th key={id} scope="col">
                  {t(`scorecard.indicators.${id}`)}
                </th>
              ))}
              {hasPlot ? (
                <>
                  <th scope="col" className={styles.plot}>
                    <span className={styles.spoken}>{t('scorecard.plot')}</span>
                    <ScoreAxis range={range} target={null} />
                  </th>
                  <th scope="col" className={styles.left}>
                    {t('scorecard.trend')}
                  </th>
                </>
              ) : null}
              <th scope="col" className={styles.left}>
                {t('scorecard.notes')}
              </th>
            </tr>
          </thead>
          <tbody ref={bodyRef} onKeyDown={onKeyDown}>
            {all.map((row, index) => (
              <tr
                key={index < rows.length ? `row ${row.of}` : 'total'}
                data-selected={selected === row.of && index < rows.length}
                data-total={index === rows.length}
                onClick={() => onSelect(row)}
              >
                <td>{row.score?.rank ?? ''}</td>
                <td className={styles.faint}>{index === rows.length ? '' : bandText(row)}</td>
                <th scope="row" className={styles.left}>
                  {nameOf(row)}
                </th>
                <td className={styles.strong}>{scoreText(row.score?.score)}</td>
                <td className={styles.faint}>{index === rows.length ? '' : changeText(row)}</td>
                {row.figures.slice(0, shownIndicators.length).map((own, column) => {
                  const id = shownIndicators[column] ?? 'reported';
                  return (
                    <td
                      key={id}
                      data-cell={`${index}-${column}`}
                      tabIndex={index === at && column === active.column ? 0 : -1}
                      title={partsText(own)}
                      onClick={() => {
                        focus(index, column);
                        onOpen(row, id);
                      }}
                      className={styles.number}
                    >
                      {figureText(own)}
                    </td>
                  );
                })}
                {hasPlot ? (
                  <>
                    <td className={styles.plot}>
                      {row.score === null ? null : <ScoreDot score={row.score} range={range} target={target} />}
                    </td>
                    <td>
                      <TrendLine values={row.trend} />
                    </td>
                  </>
                ) : null}
                <td className={styles.note}>
                  {row.score?.score === null
                    ? t('scorecard.noScore')
                    : row.score?.isSmall === true
                      ? t('scorecard.small')
                      : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length < table.rows.length ? (
          <div className={styles.more}>
            <Button size="small" onPress={() => setAll(true)}>
              {t('scorecard.showAll', { count: table.rows.length })}
            </Button>
          </div>
        ) : null}
      </div>
      <p className={styles.foot} aria-live="polite">
        {focused === undefined || figure === undefined
          ? null
          : `${nameOf(focused)} ${t(`scorecard.indicators.${shownIndicators[active.column] ?? 'reported'}`)} ${figureText(figure)}  ${partsText(figure)}`}
        <span>{t('scorecard.hint')}</span>
      </p>
    </>
  );
}
