import type { CaseDetail, HistoryStep } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { moment, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { stageDwells } from './stages.ts';
import styles from './case-desk.module.css';

/** Number, class, state, the deciding clock large, and the stage bar with the dwell of each stage. */
export function CaseHead({ detail, steps }: { readonly detail: CaseDetail; readonly steps: readonly HistoryStep[] }) {
  const { t, language } = useWords();
  const { stateName, stageName } = useStateWords();
  const now = useNow(1_000);
  const isLive = isOpen(detail.state);
  const level = isLive ? attentionLevel(detail, now) : null;
  const dwells = stageDwells(steps, detail, now);
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <LevelMark level={level} {...(level === null ? {} : { label: t(`levels.level${level}`) })} />
        <h2 className={styles.headTitle}>
          <b className={styles.headNumber} title={detail.id}>
            {detail.id.slice(-4)}
          </b>
          {detail.className}
        </h2>
        <span className={styles.stateChip} data-testid="case-state">
          {stateName(detail.record, detail.state)}
        </span>
        <span className={styles.headNote}>{aboutText()}</span>
        {detail.isDemo ? <span className={styles.tag}>{t('strip.demo')}</span> : null}
        <span className={styles.headClock}>{clockText()}</span>
      </div>
      <div className={styles.headLine}>
        <ol className={styles.stages} aria-label={t('case.stageBar')}>
          {dwells.map(({ stage, dwellMs, isCurrent }) => (
            <li key={stage} data-current={isCurrent} {...(isCurrent ? { 'aria-current': 'step' as const } : {})}>
              {stageName(detail.record, stage)}
              {dwellMs === null ? null : <span>{span(dwellMs, language)}</span>}
            </li>
          ))}
        </ol>
        <span className={styles.headReason}>{reasonText()}</span>
      </div>
    </header>
  );

  function aboutText(): string {
    const { external } = detail;
    const parts =
      detail.record === 'ticket'
        ? [t('records.ticket'), external?.id ?? '', detail.classCode]
        : [t(`kinds.${detail.classKind}`), detail.classCode, detail.standardRef];
    return parts.filter(Boolean).join(' · ');
  }

  function clockText(): string {
    if (!isLive) return detail.closedAt === null ? t(`states.${detail.state}`) : moment(detail.closedAt, now);
    if (detail.dueAt === null) return t('queue.noClock');
    return `${t(now > detail.dueAt ? 'queue.over' : 'queue.left')} ${span(detail.dueAt - now, language)}`;
  }

  function reasonText(): string {
    if (level === 1) return t('levels.reason1', { clock: t(`clocks.${detail.clock ?? 'handle'}`) });
    if (level === 2) return t('levels.reason2', { clock: t(`clocks.${detail.clock ?? 'handle'}`) });
    if (level === 3) return t('levels.reason3');
    if (level === 4 && detail.openSupervisions > 0) {
      return t('levels.reasonSupervised', { count: detail.openSupervisions });
    }
    if (level === 4) return t('levels.reason4', { count: detail.returnCount });
    return '';
  }
}
