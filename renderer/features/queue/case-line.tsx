import { memo } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import type { Areas } from '#renderer/state/areas.ts';
import { shortMoment, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import styles from './queue.module.css';

/** Two lines of one case: mark, number, class, place, time left; source and first words. */
export const CaseLine = memo(function CaseLine({
  row,
  isGone,
  areas,
  now,
}: {
  readonly row: CaseRow;
  readonly isGone: boolean;
  readonly areas: Areas;
  readonly now: number;
}) {
  const { t, language } = useWords();
  const { stateName } = useStateWords();
  const level = isOpen(row.state) ? attentionLevel(row, now) : null;
  const names = areas.names(row.gridCode).slice(0, 2).join(' ');
  const about = [
    row.record === 'ticket' ? t('records.ticket') : t(`sources.${row.source}`),
    row.returnCount > 0 ? t('queue.returns', { count: row.returnCount }) : null,
    row.openSupervisions > 0 ? t('queue.supervisions', { count: row.openSupervisions }) : null,
    row.mergedCount > 0 ? t('queue.merged', { count: row.mergedCount }) : null,
    row.reworkCount > 0 ? t('queue.reworks', { count: row.reworkCount }) : null,
    row.description || row.address,
  ].filter((part) => part !== null && part !== '');
  const state = stateName(row.record, row.state);
  const stateText = isGone ? t('queue.gone', { state }) : state;
  return (
    <>
      <LevelMark level={level} {...(level === null ? {} : { label: t(`levels.level${level}`) })} />
      <span className={styles.line1}>
        <b className={styles.number}>{row.id.slice(-4)}</b>
        <span className={styles.className}>{row.className}</span>
        <span className={styles.place}>{names}</span>
        <span className={styles.time} data-over={level === 1 || level === 2}>
          {timeText(row)}
        </span>
      </span>
      <span className={styles.line2}>
        <span className={styles.about}>{about.join(' · ')}</span>
        <span className={styles.state}>{stateText}</span>
      </span>
    </>
  );

  function timeText(of: CaseRow): string {
    if (!isOpen(of.state)) return of.closedAt === null ? t('queue.archived') : shortMoment(of.closedAt, now);
    if (of.dueAt === null) return shortMoment(of.reportedAt, now);
    return `${t(now > of.dueAt ? 'queue.over' : 'queue.left')} ${span(of.dueAt - now, language)}`;
  }
});
