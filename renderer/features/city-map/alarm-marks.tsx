import type { CityMap } from '#renderer/map/city-map.ts';
import type { MapView } from '#renderer/map/map-events.ts';
import type { Alarm } from '#renderer/state/alarms.ts';
import styles from './alarms.module.css';

/** More would cover the map; the legend says how many there are. */
export const MOST_MARKS = 300;

/**
 * Alarms as pennants above their place, told apart by shape: full for urgent cases, notched for reports of machines, hollow
 * for warnings. They follow the camera as its view is told.
 */
export function AlarmMarks({
  map,
  view,
  alarms,
}: {
  readonly map: CityMap;
  readonly view: MapView | null;
  readonly alarms: readonly Alarm[];
}) {
  if (view === null) return null;
  const [west, south, east, north] = view.bounds;
  const inView = alarms.filter(({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north);
  return (
    <svg className={styles.marks} aria-hidden="true" data-testid="alarm-marks">
      {inView.slice(0, MOST_MARKS).map(({ kind, lon, lat, caseId, area }) => {
        const [x, y] = map.pixelAt(lon, lat) ?? [0, 0];
        return (
          <g key={caseId ?? area} transform={`translate(${x} ${y})`}>
            <Pennant kind={kind} />
          </g>
        );
      })}
    </svg>
  );
}

const cloths = { urgent: 'M0-20H13V-10H0Z', machine: 'M0-20H13L9-15L13-10H0Z', warning: 'M0-20L13-15L0-10Z' } as const;

/** A pennant on its pole, whose foot is at 0, 0. */
export function Pennant({ kind }: { readonly kind: Alarm['kind'] }) {
  return (
    <>
      <path className={styles.edge} d={`M0 0V-20${cloths[kind]}`} />
      <path className={styles.pole} d="M0 0V-20" />
      <path className={styles.cloth} data-kind={kind} d={cloths[kind]} />
    </>
  );
}
