import { useEffect, useState } from 'react';
import type { WallReview } from '#contract/wall.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { count, dayText } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Panel, useFreshness } from './panel.tsx';
import { useWall } from './wall-context.tsx';
import type { WallFit } from '#domain/wall/wall-fit.ts';
import styles from './wall.module.css';

const ASK_EVERY_MS = 5 * 60_000;

/** 汇报展示: how do we do, compared with the months before? Only figures that the host has counted. */
export function ReviewScene({ fit }: { readonly fit: WallFit }) {
  const { t } = useWords();
  const { areas } = useWall();
  const review = useReview();
  const fresh = useFreshness('review', review?.at ?? null);
  if (review === null) return <main className={styles.full}>{t('wall.loading')}</main>;
  const { months, townships } = review;
  const present = months.at(-1);
  const before = months.at(-2);
  const most = Math.max(1, ...months.map(({ received }) => received));
  const { areMonthsAlone, hasChart, monthRows, townshipRows } = roomOf(fit);
  const listed = townships
    .toSorted((a, b) => b.received - a.received || (a.area < b.area ? -1 : 1))
    .slice(0, townshipRows);
  const top = Math.max(1, ...listed.map(({ received }) => received));
  return (
    <main
      className={styles.review}
      style={{
        gridTemplateColumns: areMonthsAlone ? 'minmax(0, 1fr)' : 'minmax(0, 1fr) minmax(0, 1.2fr)',
        gridTemplateRows: 'auto minmax(0, 1fr)',
      }}
    >
      <p className={styles.finding}>
        {t('wall.finding', {
          month: monthOf(present?.from ?? review.at),
          received: count(present?.received ?? 0),
          ended: count(present?.ended ?? 0),
          before: count(before?.received ?? 0),
        })}
      </p>
      <Panel fresh={fresh} title={t('wall.twelveMonths')}>
        {hasChart ? <Months months={months} most={most} /> : null}
        <table className={`${styles.table} ${styles.units}`}>
          <thead>
            <tr>
              <th>{t('wall.month')}</th>
              <th className={styles.right}>{t('wall.received')}</th>
              <th className={styles.right}>{t('wall.ended')}</th>
              <th className={styles.right}>{t('wall.share')}</th>
            </tr>
          </thead>
          <tbody>
            {months
              .toReversed()
              .slice(0, monthRows)
              .map(({ from, received, ended }) => (
                <tr key={from}>
                  <td>{monthOf(from)}</td>
                  <td className={styles.right}>{count(received)}</td>
                  <td className={styles.right}>{count(ended)}</td>
                  <td className={styles.right}>
                    {received === 0 ? t('wall.none') : `${Math.round((100 * ended) / received)} %`}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Panel>
      {areMonthsAlone ? null : (
        <Panel fresh={fresh} isFilling title={t('wall.townships')}>
          <div className={styles.bars} style={{ gridTemplateColumns: 'auto minmax(0, 1fr) auto auto auto' }}>
            <span />
            <span />
            <span className={`${styles.quiet} ${styles.right}`}>{t('wall.received')}</span>
            <span className={`${styles.quiet} ${styles.right}`}>{t('wall.ended')}</span>
            <span className={`${styles.quiet} ${styles.right}`}>{t('wall.unitOverdue')}</span>
            {listed.map(({ area, received, ended, overdue }) => (
              <Row
                key={area}
                name={areas.area(area)?.name ?? area}
                share={received / top}
                cells={[received, ended, overdue]}
              />
            ))}
          </div>
          {listed.length < townships.length ? (
            <p className={styles.quiet}>{t('wall.ofTownships', { shown: listed.length, count: townships.length })}</p>
          ) : null}
        </Panel>
      )}
    </main>
  );
}

/** Heights in units, as the style sheet has them. */
const heights = { findingLine: 43, findingRest: 29, head: 44, row: 34, tableHead: 40, chart: 184 } as const;
/** Width of the finding in one line, and below which there is room for one panel alone. */
const FINDING_WIDE = 1_600;
const TWO_PANELS_WIDE = 1_500;

/** What has room: rows go before they would be cut off, the chart before the months are too few. */
function roomOf({ form, wide, body }: WallFit) {
  const lines = Math.ceil(FINDING_WIDE / (wide - 36));
  const room = body - lines * heights.findingLine - heights.findingRest - heights.head;
  const rowsIn = (high: number, most: number) => Math.max(0, Math.min(most, Math.floor(high / heights.row)));
  const below = room - heights.tableHead;
  const hasChart = rowsIn(below - heights.chart, 12) >= 8;
  return {
    areMonthsAlone: form === 'tall' || wide < TWO_PANELS_WIDE,
    hasChart,
    monthRows: rowsIn(hasChart ? below - heights.chart : below, 12),
    townshipRows: rowsIn(room - 2 * heights.row, 30),
  };
}

function Row({
  name,
  share,
  cells,
}: {
  readonly name: string;
  readonly share: number;
  readonly cells: readonly number[];
}) {
  return (
    <>
      <span>{name}</span>
      <i className={styles.bar} style={{ width: `${100 * share}%` }} />
      {cells.map((value, at) => (
        <b key={at} className={styles.right}>
          {count(value)}
        </b>
      ))}
    </>
  );
}

function Months({ months, most }: { readonly months: WallReview['months']; readonly most: number }) {
  return (
    <svg className={styles.months} viewBox="0 0 120 60" preserveAspectRatio="none" aria-hidden="true">
      {months.map(({ from, received, ended }, at) => (
        <g key={from}>
          <rect x={at * 10 + 1} width="8" y={60 - (56 * received) / most} height={(56 * received) / most} />
          <rect
            className={styles.ended}
            x={at * 10 + 1}
            width="8"
            y={60 - (56 * ended) / most}
            height={(56 * ended) / most}
          />
        </g>
      ))}
      <path className={styles.axis} d="M0 60H120" />
    </svg>
  );
}

/** `2026-11` */
function monthOf(at: number): string {
  return dayText(at).slice(0, 7);
}

/** Asked for again every five minutes; the last one stays when the host has none. */
function useReview(): WallReview | null {
  const client = useClient();
  const { state } = useConnection();
  const [review, setReview] = useState<WallReview | null>(null);
  useEffect(() => {
    if (state !== 'open') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const ask = async () => {
      const outcome = await client.call('wall.review', {});
      if (!isWanted) return;
      if (outcome.ok) setReview(outcome.value);
      timer = setTimeout(() => void ask(), outcome.ok ? ASK_EVERY_MS : 5_000);
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [client, state]);
  return review;
}
