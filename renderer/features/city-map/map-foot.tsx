import { useConnection } from '#renderer/client/hooks.tsx';
import { clockTime, count, fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { MapView } from '#renderer/map/map-events.ts';
import { filterFor, isFiltered } from '#renderer/state/case-filter.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';
import { scaleBar } from './scale-bar.ts';
import styles from './city-map.module.css';

/** Scale, how many cases are shown, time of data; at the right the map's approval number or 示意图. */
export function MapFoot({ view }: { readonly view: MapView | null }) {
  const { t } = useWords();
  const { live, areas, district, now } = useDesk();
  const isPast = useIsPast();
  const filter = useChoice((state) => state.filter);
  useLiveVersion(1_000);
  const connection = useConnection();
  const ticking = useNow(1_000);
  const isStale = connection.state !== 'open' && !isPast;
  // Without the host the picture stands where it was last heard: time is never carried on.
  const time = isStale ? connection.lastContactAt : ticking;
  const scale = view === null ? null : scaleBar(view.metersPerPixel);
  const isWhole = !isFiltered(filter) && (filter.tab === 'all' || filter.tab === 'closed');
  return (
    <>
      <div className={styles.corner} data-corner="bottom-left">
        {scale === null ? null : (
          <span className={styles.scale}>
            <svg width={scale.widthPixels + 2} height="8" aria-hidden="true">
              <path d={`M1 1V7H${scale.widthPixels + 1}V1`} />
            </svg>
            {scale.meters < 1_000
              ? t('map.meters', { count: scale.meters })
              : t('map.kilometers', { count: scale.meters / 1_000 })}
          </span>
        )}
        <span>{shownText()}</span>
        <span data-stale={isStale} className={styles.dataTime}>
          {t('map.dataTime', { time: isPast ? fullTime(time) : clockTime(time) })}
        </span>
      </div>
      <div className={styles.corner} data-corner="bottom-right">
        {district.approvalNumber === null ? t('map.schematic') : t('map.approval', { number: district.approvalNumber })}
      </div>
    </>
  );

  function shownText(): string {
    if (isWhole) return t('map.shown', { count: live.rows.size });
    const fits = filterFor(filter, areas, now);
    let shown = 0;
    for (const row of live.rows.values()) if (fits(row)) shown += 1;
    return t('map.shownFiltered', { count: shown, total: count(live.rows.size) });
  }
}
