import { useId, type ReactNode } from 'react';
import { freshness, type Freshness } from '#domain/wall/freshness.ts';
import { shortTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useMoment, useWallSight } from './wall-context.tsx';
import styles from './wall.module.css';

/** Where data come from: how often they come when all is well, milliseconds. */
const periods = { cases: 60_000, figures: 60_000, review: 5 * 60_000 } as const;

/** What was true when. A host that is not heard makes everything old at once: nothing is known to be true any more (W8). */
export function useFreshness(
  source: keyof typeof periods,
  at: number | null,
  isDown = false,
): Freshness & { readonly at: number | null } {
  const { now, isSilent } = useMoment();
  return { ...freshness(at, periods[source], now, isDown || isSilent), at };
}

/** Cases are as old as the last beat: changes come at once. */
export function useCaseFreshness() {
  return useFreshness('cases', useWallSight().beatAt);
}

/** Time of the data of a panel: 14:02, 延迟 3 分 with the time struck, or 截至 14:02. */
export function DataTime({ state, lateMinutes, at }: Freshness & { readonly at: number | null }) {
  const { t } = useWords();
  if (at === null) return <span>{t('wall.noData')}</span>;
  if (state === 'fresh') return <span>{shortTime(at)}</span>;
  if (state === 'old') return <span>{t('wall.asOf', { at: shortTime(at) })}</span>;
  return (
    <span>
      <b>{t('wall.late', { count: lateMinutes })}</b> <s>{shortTime(at)}</s>
    </span>
  );
}

/** A panel that says how old it is. */
export function Panel({
  title,
  fresh,
  isFilling = false,
  children,
}: {
  readonly title: ReactNode;
  readonly fresh: Freshness & { readonly at: number | null };
  /** Takes the room that others leave. */
  readonly isFilling?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section
      className={isFilling ? `${styles.panel} ${styles.fill}` : styles.panel}
      data-panel="true"
      data-freshness={fresh.state}
    >
      {fresh.state === 'fresh' ? null : <Hatch />}
      <h2>
        {title}
        <span className={styles.space} />
        <DataTime {...fresh} />
      </h2>
      {children}
    </section>
  );
}

/** Neutral hatching: what it lies under is not of now. */
export function Hatch() {
  const id = useId();
  return (
    <svg className={styles.hatch} aria-hidden="true">
      <defs>
        <pattern id={id} width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V14" strokeWidth="4" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} stroke="none" />
    </svg>
  );
}
