import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { MapLegend } from '#renderer/map/map-events.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import styles from './city-map.module.css';

/** What the marks and the lightness classes mean; only what is on the map. */
export function Legend({ legend, hasChain }: { readonly legend: MapLegend; readonly hasChain: boolean }) {
  const { t } = useWords();
  const { areas } = useDesk();
  return (
    <div className={styles.corner} data-corner="top-right" role="group" aria-label={t('map.legendTitle')}>
      <ul className={styles.marks}>
        {legend.marks.map(({ level, count: shown }) =>
          shown === 0 ? null : (
            <li key={level}>
              <LevelMark level={level} />
              {t(`levels.level${level}`)}
              <b>{count(shown)}</b>
            </li>
          ),
        )}
        <li>
          <span className={styles.dot} data-filled="true" />
          {t('levels.dispatched')}
        </li>
        <li>
          <span className={styles.dot} />
          {t('levels.notDispatched')}
        </li>
        {hasChain ? (
          <li>
            <span className={styles.chainLine} />
            {t('map.chain')}
          </li>
        ) : null}
      </ul>
      <div className={styles.classes}>
        <p>{t('map.legend', { level: levelName() })}</p>
        <ol>
          {legend.classes.map(({ from, to, fill }) => (
            <li key={from}>
              <svg viewBox="0 0 32 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width="32" height="8" fill={fill} />
              </svg>
              {to === null ? `${from}+` : from === to ? from : `${from}–${to}`}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );

  function levelName(): string {
    const { level } = legend;
    if (areas.depth !== 4 || level < 1 || level > 4) return t('areaLevel', { level });
    return t(`areaLevels.level${level}` as 'areaLevels.level2');
  }
}
