import { useId, useMemo } from 'react';
import type { ClockLedger } from '#contract/clock.ts';
import { DAY_MS } from '#domain/base/instant.ts';
import { clockTime, moment, monthDay } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { textWidth } from '#renderer/ui/text-width.ts';
import { useWidth } from '#renderer/ui/use-width.ts';
import { countedText } from './ledger-rows.ts';
import { placeWords, stripOf, type Wish } from './strip-layout.ts';
import { useCauseWords } from './use-cause-words.ts';
import styles from './ledger.module.css';

/** The clock on its time axis: what counted, what did not and why, now, what is left, the deadline. */
export function StripView({ ledger, now }: { readonly ledger: ClockLedger; readonly now: number }) {
  const { t } = useWords();
  const causeWords = useCauseWords();
  const [ref, width] = useWidth<HTMLDivElement>();
  const hatch = useId();
  const strip = useMemo(() => stripOf(ledger), [ledger]);
  const share = (text: string) => (width === 0 ? 2 : (textWidth(text) + 8) / width);

  const words = new Map<string, string>();
  const wishes: Wish<string>[] = [];
  const wish = (id: string, text: string, center: number) => {
    words.set(id, text);
    wishes.push({ id, center, width: share(text) });
  };
  const dueText = t('ledger.due', { time: moment(ledger.dueAt, now) });
  const startText = t('ledger.start', { time: moment(ledger.startedAt, now) });
  wish('due', dueText, strip.due + share(dueText) / 2);
  wish('start', startText, strip.start - share(startText) / 2);
  for (const [index, { from, to, kind, cause, name }] of strip.segments.entries()) {
    const isQuiet = kind === 'counted' || kind === 'ahead' || kind === 'late';
    const text = isQuiet ? '' : causeWords.one(cause, name);
    if (text !== '' && share(text) <= to - from) wish(`segment ${index}`, text, (from + to) / 2);
  }
  const placed = placeWords(wishes);
  const tickWords = placeWords(
    strip.ticks.map(({ share: center, at, isDay }) => {
      const text = strip.tickMs >= DAY_MS || isDay ? monthDay(at) : tickTime(at, strip.tickMs);
      return { id: text, center, width: share(text) };
    }),
  );

  return (
    <div
      ref={ref}
      className={styles.strip}
      role="img"
      aria-label={t('ledger.strip', {
        start: moment(ledger.startedAt, now),
        due: moment(ledger.dueAt, now),
        used: countedText(ledger.usedMs),
      })}
    >
      <div className={styles.stripWords} aria-hidden="true">
        {placed.map(({ id, left }) => (
          <span key={id} data-edge={id === 'due' || id === 'start'} style={{ left: percent(left) }}>
            {words.get(id)}
          </span>
        ))}
      </div>
      <svg className={styles.stripBar} aria-hidden="true">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className={styles.hatch} width="1.5" height="6" />
          </pattern>
        </defs>
        <rect className={styles.axis} x="0" width="100%" />
        {strip.ticks.map(({ share: at }) => (
          <rect key={at} className={styles.tick} x={percent(at)} />
        ))}
        {strip.segments.map(({ from, to, kind }) => (
          <g key={`${from} ${kind}`} data-kind={kind} className={styles.segment}>
            <rect x={percent(from)} width={percent(to - from)} />
            {kind === 'uncounted' || kind === 'ahead_uncounted' || kind === 'stop' ? (
              <rect x={percent(from)} width={percent(to - from)} fill={`url(#${hatch})`} data-hatch="true" />
            ) : null}
          </g>
        ))}
        <rect className={styles.dueLine} x={percent(strip.due)} />
        {ledger.endedAt === null ? <rect className={styles.nowLine} x={percent(strip.now)} /> : null}
      </svg>
      <div className={styles.tickWords} aria-hidden="true">
        {tickWords.map(({ id, left }) => (
          <span key={id} style={{ left: percent(left) }}>
            {id}
          </span>
        ))}
      </div>
    </div>
  );
}

function tickTime(at: number, tickMs: number): string {
  const time = clockTime(at).slice(0, 5);
  return tickMs % 3_600_000 === 0 ? time.slice(0, 2) : time;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
