import { lazy, memo, Suspense } from 'react';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import type { LiveCases } from '#renderer/state/live-cases.ts';
import { useNow } from '#renderer/state/use-live.ts';
import styles from './frame.module.css';

/** The charting library is large, and the desk need not wait for it. */
const ArrivalsChart = lazy(async () => ({ default: (await import('./arrivals-chart.tsx')).ArrivalsChart }));

const BIN_MS = 5 * MINUTE_MS;
const BINS = 12;

/** Open cases reported in the last hour, in bins of five minutes, oldest first. */
export const Arrivals = memo(function Arrivals() {
  const { t } = useWords();
  const { live } = useDesk();
  const now = useNow(5_000);
  const bins = arrivalsOf(live, now);
  const total = bins.reduce((sum, { reports }) => sum + reports, 0);
  return (
    <span className={styles.arrivals} title={t('strip.arrivals', { count: total })}>
      {t('strip.arrivalsShort', { count: total })}
      <span aria-hidden="true" className={styles.arrivalsChart}>
        <Suspense>
          <ArrivalsChart bins={bins} />
        </Suspense>
      </span>
    </span>
  );
});

/** The cases are in the order of their reports: only those of the last hour are looked at. */
function arrivalsOf(live: LiveCases, now: number): { readonly reports: number }[] {
  const bins = Array.from({ length: BINS }, () => ({ reports: 0 }));
  for (const { reportedAt } of live.newest) {
    const age = Math.floor((now - reportedAt) / BIN_MS);
    if (age >= BINS) break;
    const bin = bins[BINS - 1 - Math.max(0, age)];
    if (bin !== undefined) bin.reports += 1;
  }
  return bins;
}
