import { binOf, LEAST_BAND_DAYS, type FigureKind } from '#domain/wall/day-figures.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { DayLine } from './day-line.tsx';
import { Hatch, useCaseFreshness, useFreshness } from './panel.tsx';
import { dueCounts } from './urgent-rows.ts';
import { useLiveRows, useMoment, useWallSight } from './wall-context.tsx';
import { shortTime } from '#renderer/i18n/format.ts';
import styles from './wall.module.css';

/** The key figures, each with its day so far against the usual band. */
export function Figures({
  kinds,
  columns,
  hasLines,
  isLarge = false,
}: {
  readonly kinds: readonly FigureKind[];
  readonly columns: 2 | 4;
  readonly hasLines: boolean;
  readonly isLarge?: boolean;
}) {
  return (
    <div className={styles.figures} data-columns={columns} data-lines={hasLines} data-large={isLarge}>
      {kinds.map((kind) => (
        <Figure key={kind} kind={kind} hasLine={hasLines} />
      ))}
    </div>
  );
}

function Figure({ kind, hasLine }: { readonly kind: FigureKind; readonly hasLine: boolean }) {
  const { t } = useWords();
  const { now } = useMoment();
  const { figures, isArchiveDown } = useWallSight();
  const live = useLiveRows();
  const ofCases = useCaseFreshness();
  const ofCounts = useFreshness('figures', figures?.at ?? null, isArchiveDown || figures?.received === null);
  const fresh = kind === 'received' ? ofCounts : ofCases;
  const due = dueCounts(live.rows.values(), now);
  const values = { received: figures?.received ?? null, open: live.rows.size, ...due };
  const day = figures?.day.find((one) => one.kind === kind);
  const { bin } = binOf(now);
  const [low, high] = [day?.low[bin] ?? null, day?.high[bin] ?? null];
  const value = values[kind];
  return (
    <div className={styles.figure} data-panel="true" data-freshness={fresh.state}>
      {fresh.state === 'fresh' ? null : <Hatch />}
      {hasLine && day !== undefined ? <DayLine {...day} /> : null}
      <p>{t(`wall.figures.${kind}`)}</p>
      <p className={styles.number}>{value === null ? t('wall.none') : count(value)}</p>
      {fresh.state === 'fresh' ? (
        hasLine ? (
          <p>
            {low === null || high === null
              ? t('wall.noBand', { days: day?.bandDays ?? 0, least: LEAST_BAND_DAYS })
              : t('wall.band', { low: count(low), high: count(high) })}
          </p>
        ) : null
      ) : (
        <p>
          {fresh.state === 'late' ? t('wall.late', { count: fresh.lateMinutes }) : null}
          {fresh.state === 'old' && fresh.at !== null ? t('wall.asOf', { at: shortTime(fresh.at) }) : null}
          {fresh.at === null ? t('wall.noData') : null}
        </p>
      )}
    </div>
  );
}
