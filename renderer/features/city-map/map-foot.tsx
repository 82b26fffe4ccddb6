import type { MapView } from '#renderer/map/map-events.ts';
import { useFoot } from './use-foot.ts';
import styles from './city-map.module.css';

/** Scale, how many cases are shown, time of data; at the right the map's approval number or 示意图. */
export function MapFoot({ view }: { readonly view: MapView | null }) {
  const { scale, shown, clock, isStale, approval } = useFoot(view);
  return (
    <>
      <div className={styles.corner} data-corner="bottom-left">
        {scale === null ? null : (
          <span className={styles.scale}>
            <svg width={scale.widthPixels + 2} height="8" aria-hidden="true">
              <path d={`M1 1V7H${scale.widthPixels + 1}V1`} />
            </svg>
            {scale.text}
          </span>
        )}
        <span>{shown}</span>
        <span data-stale={isStale} className={styles.dataTime}>
          {clock}
        </span>
      </div>
      <div className={styles.corner} data-corner="bottom-right">
        {approval}
      </div>
    </>
  );
}
