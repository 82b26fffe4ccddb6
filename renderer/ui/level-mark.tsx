import type { AttentionLevel } from '#domain/sla/attention-level.ts';
import styles from './level-mark.module.css';

/**
 * The symbol of an attention level: shape, numeral and colour say the same (desk-wall-briefing.md §3). Nothing for
 * normal cases. `label` names it for screen readers; without one it is decoration beside words.
 */
export function LevelMark({
  level,
  label,
  isOutline = false,
}: {
  readonly level: AttentionLevel;
  readonly label?: string;
  /** A grey outline: none of this level. */
  readonly isOutline?: boolean;
}) {
  if (level === null) return <span className={styles.none} />;
  const { shape, strokes } = marks[level];
  return (
    <svg
      className={styles.mark}
      data-level={level}
      data-outline={isOutline}
      viewBox="0 0 16 16"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path className={styles.shape} d={shape} />
      <path className={styles.strokes} d={strokes} />
    </svg>
  );
}

const marks = {
  1: { shape: 'M4.9.8H11.1L15.2 4.9V11.1L11.1 15.2H4.9L.8 11.1V4.9Z', strokes: 'M8 4.6V11.4' },
  2: { shape: 'M8 1 15.4 14.8 .6 14.8Z', strokes: 'M6.6 7.4V12.6M9.4 7.4V12.6' },
  3: { shape: 'M8 .6 15.4 8 8 15.4 .6 8Z', strokes: 'M5.6 5.9V10.1M8 4.9V11.1M10.4 5.9V10.1' },
  4: {
    shape: 'M8 .8A7.2 7.2 0 1 0 8 15.2 7.2 7.2 0 1 0 8 .8Z',
    strokes: 'M4.7 5V11M7 5 9.1 11 11.3 5',
  },
} as const;
