import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import { CityMap } from '#renderer/map/city-map.ts';
import { layOutMapsBy } from '#renderer/map/display-scale.ts';
import type { MapLegend } from '#renderer/map/map-events.ts';
import { defaultLayers, type MapLayers } from '#renderer/map/map-layers.ts';
import { themeFor } from '#renderer/map/map-theme.ts';
import { scaleBar } from '#renderer/ui/scale-bar.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { textUnits } from '#domain/wall/wall-fit.ts';
import { urgentRows } from './urgent-rows.ts';
import { useLiveRows, useMoment, useWall } from './wall-context.tsx';
import { DataTime, useCaseFreshness } from './panel.tsx';
import { LevelSymbol } from './level-symbol.tsx';
import styles from './wall.module.css';

/** Names on the map have that many CSS pixels of its own. */
const NAME_PIXELS = 11;
const LEVELS_EVERY_MS = 10_000;

const layers: MapLayers = {
  ...defaultLayers,
  level: null,
  forces: false,
  chain: false,
};

const levelNumbers = [1, 2, 3, 4] as const;

function levelsOf(rows: readonly CaseRow[], now: number): Record<1 | 2 | 3 | 4, number> {
  const counts = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const { level } of urgentRows(rows, now)) counts[level] += 1;
  return counts;
}

/** Where the map lies: a case and what is round it, an area, or the whole district. */
export interface MapPlace {
  readonly area: string | null;
  readonly caseId: string | null;
}

/** The map of a wall: drawn at the pixels of the display, not to be moved by anybody. */
export function WallMap({
  unit,
  place,
  only = null,
  title,
}: {
  readonly unit: number;
  readonly place: MapPlace;
  readonly only?: ((row: CaseRow) => boolean) | null;
  readonly title: ReactNode;
}) {
  const { t } = useWords();
  const room = useWall();
  const live = useLiveRows();
  const { now } = useMoment();
  const fresh = useCaseFreshness();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CityMap | null>(null);
  const [legend, setLegend] = useState<MapLegend | null>(null);
  const [metersPerPixel, setMetersPerPixel] = useState<number | null>(null);
  const factor = Math.max(1, (textUnits.han * unit) / NAME_PIXELS);

  useEffect(() => {
    if (container.current === null) return;
    layOutMapsBy(factor);
    const { feed } = room;
    const made = new CityMap({
      container: container.current,
      district: room.district,
      theme: themeFor('dark', false),
      font: 'Noto Sans SC',
      now: () => feed.now() ?? 0,
      events: {
        selectCase: () => {},
        focusArea: () => {},
        hover: () => {},
        view: (view) => setMetersPerPixel(view.metersPerPixel),
        legend: setLegend,
        status: (status) => (document.documentElement.dataset['map'] = status),
      },
    });
    made.setLayers({ ...layers, level: room.areas.unitLevel }, null);
    made.setFigures(room.live.byArea);
    void made.applyCases([...room.live.rows.values()], []);
    room.drawnBy.set((delta) => {
      made.setFigures(room.live.byArea);
      if (!delta.isReset) return made.applyCases(delta.upserts, delta.removed);
      made.resetCases();
      return Promise.resolve();
    });
    const levels = setInterval(() => {
      if (!feed.isSilent()) made.refreshLevels();
    }, LEVELS_EVERY_MS);
    setMap(made);
    return () => {
      clearInterval(levels);
      room.drawnBy.set(null);
      made.close();
      setMap(null);
    };
  }, [room, factor]);

  useEffect(() => map?.setFilter(only), [map, only]);
  useEffect(() => {
    if (map === null) return;
    map.setFocus(place.area);
    const row = place.caseId === null ? undefined : room.live.rows.get(place.caseId);
    map.setSelection(row ?? null, []);
  }, [map, place.area, place.caseId, room]);

  const shown = only === null ? [...live.rows.values()] : [...live.rows.values()].filter(only);
  const levels = only === null ? live.levelsAt(now) : levelsOf(shown, now);
  const marks = levelNumbers.filter((level) => levels[level] > 0);
  const marked = marks.reduce((sum, level) => sum + levels[level], 0);
  const bar = metersPerPixel === null ? null : scaleBar(metersPerPixel);
  return (
    <div className={styles.map} data-panel="true" data-freshness={fresh.state}>
      <div className={styles.mapHead}>
        <span className={styles.quiet}>
          {title} <DataTime {...fresh} />
        </span>
        <span className={styles.space} />
        {marks.map((level) => (
          <span key={level} className={styles.count}>
            <LevelSymbol level={level} label={t(`wall.levels.level${level}`)} /> {count(levels[level])}
          </span>
        ))}
        <span className={styles.count}>
          <span className={styles.quiet}>{t('wall.otherCases')}</span> {count(Math.max(0, shown.length - marked))}
        </span>
      </div>
      <div className={styles.mapRoom}>
        <div
          ref={container}
          className={styles.mapCanvas}
          style={{ zoom: factor }}
          role="group"
          aria-label={t('wall.map')}
        />
      </div>
      <div className={styles.mapFoot}>
        {bar === null ? null : (
          <span className={styles.scale} style={{ width: `${bar.widthPixels * factor}px` }}>
            {bar.meters >= 1_000 ? `${bar.meters / 1_000} km` : `${bar.meters} m`}
          </span>
        )}
        {legend?.areas === null || legend === null ? null : (
          <span className={styles.classes}>
            {t('wall.openByTownship')}
            {legend.areas.classes.map(({ from, to }, at) => (
              <span key={from}>
                <i style={{ background: `var(--fill-${at})` }} />
                {to === null ? `≥ ${count(from)}` : `${count(from)}–${count(to)}`}
              </span>
            ))}
          </span>
        )}
        <span>{t('wall.schematic')}</span>
      </div>
    </div>
  );
}
