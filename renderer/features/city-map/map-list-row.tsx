import { memo } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import { attentionLevel } from '#domain/sla/attention-level.ts';
import { shortMoment, span } from '#renderer/i18n/format.ts';
import { useStateWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { useUnitName } from './use-unit-name.ts';
import styles from './map-list.module.css';

/** Two lines: mark, number, class, time left; where it is, who has it, its state. */
export const MapListRow = memo(function MapListRow({
  row,
  isGone,
  now,
}: {
  readonly row: CaseRow;
  readonly isGone: boolean;
  readonly now: number;
}) {
  const { t, language } = useWords();
  const { stateName } = useStateWords();
  const { areas } = useDesk();
  const unitName = useUnitName();
  const level = isOpen(row.state) ? attentionLevel(row, now) : null;
  const unit = row.holderUnit === null ? t('mapTools.list.noUnit') : unitName(row.holderUnit);
  const isOver = row.dueAt !== null && now > row.dueAt;
  const time =
    row.dueAt === null
      ? shortMoment(row.reportedAt, now)
      : `${t(isOver ? 'queue.over' : 'queue.left')} ${span(row.dueAt - now, language)}`;
  return (
    <>
      <span className={styles.mark}>
        <LevelMark level={level} {...(level === null ? {} : { label: t(`levels.level${level}`) })} />
      </span>
      <span className={styles.line}>
        <b>{row.id.slice(-4)}</b>
        <span className={styles.name}>{row.className}</span>
        <span className={styles.time} data-over={isOver}>
          {time}
        </span>
      </span>
      <span className={styles.line} data-quiet="true">
        <span className={styles.name}>{[...areas.names(row.gridCode), unit].join(' · ')}</span>
        <span className={styles.time}>{isGone ? t('mapTools.list.gone') : stateName(row.record, row.state)}</span>
      </span>
    </>
  );
});
