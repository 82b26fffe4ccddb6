import { paperWords } from './paper-words.ts';
import styles from './paper.module.css';

const marks = {
  1: { shape: 'M5 1H11L15 5V11L11 15H5L1 11V5Z', strokes: 'M8 4.6V11.4' },
  2: { shape: 'M8 1.2 15.2 14.6 .8 14.6Z', strokes: 'M6.6 7.4V12.6M9.4 7.4V12.6' },
  3: { shape: 'M8 .8 15.2 8 8 15.2 .8 8Z', strokes: 'M5.6 5.9V10.1M8 4.9V11.1M10.4 5.9V10.1' },
  4: { shape: 'M8 1A7 7 0 1 0 8 15 7 7 0 1 0 8 1Z', strokes: 'M4.7 5V11M7 5 9.1 11 11.3 5' },
} as const;

/** The mark of an attention level for paper: shape and numeral tell it in grey too (P8). */
export function PaperLevel({ level }: { readonly level: 1 | 2 | 3 | 4 }) {
  const { shape, strokes } = marks[level];
  return (
    <svg
      className={styles.level}
      data-level={level}
      viewBox="0 0 16 16"
      role="img"
      aria-label={paperWords.levels[level]}
    >
      <path className={styles.levelShape} d={shape} />
      <path className={styles.levelStrokes} d={strokes} />
    </svg>
  );
}
