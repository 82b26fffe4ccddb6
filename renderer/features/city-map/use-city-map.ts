import { useEffect, useRef, useState, type RefObject } from 'react';
import { CityMap } from '#renderer/map/city-map.ts';
import type { CityMapEvents } from '#renderer/map/map-events.ts';
import { themeFor } from '#renderer/map/map-theme.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import type { DrawnBy } from '#renderer/state/watch-cases.ts';

type MapStatus = Parameters<CityMapEvents['status']>[0];

/** Attention levels change with time: marks are looked at again this often. */
const LEVELS_EVERY_MS = 10_000;

/** Owns the map for as long as the panel lives, and feeds it cases and the theme. */
export function useCityMap({
  container,
  drawnBy,
  hasBaseMap,
  events,
}: {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly drawnBy: DrawnBy;
  /** Surfaces are drawn thinly over one. */
  readonly hasBaseMap: boolean;
  readonly events: Omit<CityMapEvents, 'status'>;
}): { readonly map: CityMap | null; readonly status: MapStatus } {
  const { district, live, stage, now } = useDesk();
  const theme = useChoice((state) => state.theme);
  const [map, setMap] = useState<CityMap | null>(null);
  const [status, setStatus] = useState<MapStatus>('loading');
  const latest = useRef(events);
  const first = useRef(theme);
  useEffect(() => {
    latest.current = events;
  });

  useEffect(() => {
    if (container.current === null) return;
    const made = new CityMap({
      container: container.current,
      district,
      theme: themeFor(first.current, false),
      font: 'Noto Sans SC',
      now,
      events: {
        selectForce: (index) => latest.current.selectForce?.(index),
        selectCase: (id) => latest.current.selectCase(id),
        focusArea: (code) => latest.current.focusArea(code),
        hover: (hover) => latest.current.hover(hover),
        view: (view) => latest.current.view(view),
        legend: (legend) => latest.current.legend(legend),
        status: setStatus,
      },
    });
    void made.applyCases([...live.rows.values()], []);
    drawnBy.set((delta) => {
      if (!delta.isReset) return made.applyCases(delta.upserts, delta.removed);
      made.resetCases();
      return Promise.resolve();
    });
    const levels = setInterval(() => made.refreshLevels(), LEVELS_EVERY_MS);
    const stopJumps = stage.onJump(() => made.refreshLevels());
    setMap(made);
    return () => {
      clearInterval(levels);
      stopJumps();
      drawnBy.set(null);
      made.close();
      setMap(null);
    };
  }, [container, district, live, stage, drawnBy, now]);

  useEffect(() => map?.setTheme(themeFor(theme, hasBaseMap)), [map, theme, hasBaseMap]);
  return { map, status };
}
