import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { BoardRange } from '#contract/board.ts';
import { fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { barHeights, momentAt, shareOf, spanOf, ticksOf } from './scrubber-scale.ts';
import styles from './time-machine.module.css';

const MOST_TICKS = 6;
const PAGE_BARS = 10;
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** The journal as bars of what was recorded when, and the instant on it: drag, click, arrows, Home and End. */
export function Scrubber({
  range,
  wantedAt,
  onMove,
  onTogglePlay,
}: {
  readonly range: BoardRange;
  readonly wantedAt: number;
  readonly onMove: (at: number) => void;
  readonly onTogglePlay: () => void;
}) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const span = spanOf(range);
  const count = Math.max(1, range.entries.length);
  useEffect(() => ref.current?.focus(), []);

  const moveTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onMove(momentAt(span, (event.clientX - left) / Math.max(1, width)));
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const bars: Readonly<Record<string, number>> = {
      ...{ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 },
      ...{ PageUp: PAGE_BARS, PageDown: -PAGE_BARS },
    };
    const by = bars[event.key];
    if (by !== undefined) onMove(wantedAt + by * range.barMs);
    else if (event.key === 'Home') onMove(span.from);
    else if (event.key === 'End') onMove(span.to);
    else if (event.key === ' ') onTogglePlay();
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={ref}
      className={styles.scrubber}
      role="slider"
      tabIndex={0}
      aria-label={t('past.scrubber')}
      aria-valuemin={Math.round(span.from / 1_000)}
      aria-valuemax={Math.round(span.to / 1_000)}
      aria-valuenow={Math.round(Math.min(span.to, Math.max(span.from, wantedAt)) / 1_000)}
      aria-valuetext={fullTime(wantedAt)}
      onKeyDown={keyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
      }}
    >
      <svg className={styles.bars} viewBox={`0 0 ${count} 1`} preserveAspectRatio="none" aria-hidden="true">
        {barHeights(range.entries).map((height, index) => (
          <rect key={range.from + index * range.barMs} x={index + 0.1} y={1 - height} width={0.8} height={height} />
        ))}
      </svg>
      <div className={styles.ticks} aria-hidden="true">
        {ticksOf(span, MOST_TICKS).map(({ at, label }) => (
          <span key={at} className={styles.tick} style={{ left: percent(shareOf(span, at)) }}>
            {label}
          </span>
        ))}
      </div>
      <span className={styles.hand} style={{ left: percent(shareOf(span, wantedAt)) }} aria-hidden="true" />
    </div>
  );
}
