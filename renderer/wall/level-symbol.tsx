import type { AttentionLevel } from '#domain/sla/attention-level.ts';
import styles from './wall.module.css';

const shapes = {
  1: { shape: 'M4.9.8H11.1L15.2 4.9V11.1L11.1 15.2H4.9L.8 11.1V4.9Z', strokes: 'M8 4.6V11.4' },
  2: { shape: 'M8 1.4 15 14.6 1 14.6Z', strokes: 'M6.8 8V12.4M9.2 8V12.4' },
  3: { shape: 'M8 .9 15.1 8 8 15.1 .9 8Z', strokes: 'M5.8 6V10M8 5.4V10.6M10.2 6V10' },
  4: { shape: 'M8 .9A7.1 7.1 0 1 0 8 15.1 7.1 7.1 0 1 0 8 .9Z', strokes: 'M5 5.2V10.8M7.2 5.2 9.2 10.8 11.2 5.2' },
} as const;

/** The symbol of a level as a wall shows it: only level Ⅰ is filled, so that the order holds in grey (C2). */
export function LevelSymbol({ level, label }: { readonly level: NonNullable<AttentionLevel>; readonly label: string }) {
  const { shape, strokes } = shapes[level];
  return (
    <svg className={styles.level} data-level={level} viewBox="0 0 16 16" role="img" aria-label={label}>
      <path d={shape} />
      <path d={strokes} />
    </svg>
  );
}
