import type { MapView } from '#renderer/map/map-events.ts';
import { useFoot } from './use-foot.ts';
import styles from './city-map.module.css';

/**
 * Scale, how many cases are shown, time of data; at the right the map's approval number or 示意图, above it
 * the base maps' own, and which of them fail.
 */
export function MapFoot({
  view,
  credits,
  problems,
}: {
  readonly view: MapView | null;
  /** Of the base maps that are shown. */
  readonly credits: readonly string[];
  /** Of the base maps that are on and fail. */
  readonly problems: readonly string[];
}) {
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
      <div className={styles.ground}>
        {problems.length === 0 ? null : (
          <div className={styles.groundProblem} role="status">
            {problems.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
        )}
        {credits.length === 0 ? null : (
          <div className={styles.credits}>
            {credits.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
        )}
      </div>
      <div className={styles.corner} data-corner="bottom-right">
        {approval}
      </div>
    </>
  );
}
