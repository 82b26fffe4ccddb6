import type { CaseDetail } from '#contract/cases.ts';
import { moment, span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import styles from './case-desk.module.css';

/** The running clock: start, used share, end. Limits that are placeholders say so. */
export function ClockBar({ detail }: { readonly detail: CaseDetail }) {
  const { t, language } = useWords();
  const { tables } = useDesk();
  const now = useNow(1_000);
  const { clock, clockStartedAt, dueAt } = detail;
  if (clock === null || clockStartedAt === null || dueAt === null) {
    return <p className={styles.quiet}>{t('case.clockNone')}</p>;
  }
  const used = now - clockStartedAt;
  const share = Math.min(1, Math.max(0, used / Math.max(1, dueAt - clockStartedAt)));
  return (
    <div className={styles.clock}>
      <div className={styles.clockWords}>
        <span>
          {t(`clocks.${clock}`)} {span(dueAt - clockStartedAt, language)}
        </span>
        {tables.limits.isPlaceholder ? (
          <span className={styles.tag} title={tables.limits.source}>
            {t('case.placeholder')} · {t('case.configurable')}
          </span>
        ) : null}
        <span className={styles.clockEnd}>
          <span>{t('case.used', { time: span(used, language) })}</span>
          <b>
            {t(now > dueAt ? 'queue.over' : 'queue.left')} {span(dueAt - now, language)}
          </b>
          <span>{t('case.due', { time: moment(dueAt, now) })}</span>
        </span>
      </div>
      <svg className={styles.clockBar} viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.clockWhole} x="0" y="2" width="1000" height="8" />
        <rect className={styles.clockUsed} x="0" y="2" width={1000 * share} height="8" />
        <rect className={styles.clockNow} x={Math.min(996, 1000 * share)} y="0" width="4" height="12" />
      </svg>
    </div>
  );
}
