import type { AlarmRateRow } from '#contract/alarms.ts';
import { BIN_MS } from '#domain/alarms/alarm-rate.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import styles from './alarms.module.css';

/** Eighteen bins of ten minutes; a bar is full at ten new groups, with marks at two and ten. */
const BINS = 18;
const FULL = 10;
const MANY = 2;
const WIDTH = 5;
const HEIGHT = 16;

/** How many new groups of alarms came in each ten minutes, for this seat. Target ≤ 1. */
export function RateMeter({ rate, now }: { readonly rate: AlarmRateRow; readonly now: number }) {
  const { t } = useWords();
  const current = Math.floor(now / BIN_MS) * BIN_MS;
  const groups = new Map(rate.bins.map((bin) => [bin.at, bin.groups]));
  const bins = Array.from({ length: BINS }, (_, index) => groups.get(current - (BINS - 1 - index) * BIN_MS) ?? 0);
  const text = t('alarmCenter.rate.about', { number: rate.recent });
  return (
    <span className={styles.meter} title={text}>
      {t('alarmCenter.rate.short', { number: rate.recent })}
      <svg
        className={styles.meterBars}
        viewBox={`0 0 ${BINS * WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={text}
        data-level={rate.recent >= FULL ? 1 : rate.recent > MANY ? 3 : null}
      >
        <line x1="0" x2={BINS * WIDTH} y1={HEIGHT - heightOf(MANY)} y2={HEIGHT - heightOf(MANY)} />
        <line x1="0" x2={BINS * WIDTH} y1={HEIGHT - heightOf(FULL)} y2={HEIGHT - heightOf(FULL)} />
        {bins.map((number, index) => (
          <rect
            key={index}
            x={index * WIDTH}
            y={HEIGHT - heightOf(number)}
            width={WIDTH - 1}
            height={heightOf(number)}
            data-level={number >= FULL ? 1 : number > MANY ? 3 : undefined}
          />
        ))}
      </svg>
    </span>
  );
}

/** By the square root, so that one, two and ten are told apart on sixteen lines. */
function heightOf(number: number): number {
  return number === 0 ? 1 : Math.min(HEIGHT - 1, Math.round(Math.sqrt(number / FULL) * (HEIGHT - 1)));
}
