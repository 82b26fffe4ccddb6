import { useEffect, useRef, useState, type RefObject } from 'react';
import { CityMap } from '#renderer/map/city-map.ts';
import type { CityMapEvents, MapHover, MapLegend, MapStatus } from '#renderer/map/map-events.ts';
import { themeFor } from '#renderer/map/map-theme.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';

/** A map without cases that lives as long as its part of the screen. */
export function useSecondMap({
  container,
  hover,
  legend,
  hasBaseMap,
}: {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly hover: (hover: MapHover | null) => void;
  readonly legend: (legend: MapLegend) => void;
  readonly hasBaseMap: boolean;
}): { readonly map: CityMap | null; readonly status: MapStatus } {
  const { district, store, now } = useDesk();
  const theme = useChoice((state) => state.theme);
  const [map, setMap] = useState<CityMap | null>(null);
  const [status, setStatus] = useState<MapStatus>('loading');
  const latest = useRef({ hover, legend });
  const first = useRef(theme);
  useEffect(() => {
    latest.current = { hover, legend };
  });
  useEffect(() => {
    if (container.current === null) return;
    const events: CityMapEvents = {
      selectCase: () => {},
      focusArea: (area) => store.setState((state) => ({ filter: { ...state.filter, area } })),
      hover: (shown) => latest.current.hover(shown),
      legend: (shown) => latest.current.legend(shown),
      view: () => {},
      status: setStatus,
    };
    const made = new CityMap({
      ...{ container: container.current, district, now, events, font: 'Noto Sans SC' },
      theme: themeFor(first.current, false),
    });
    setMap(made);
    return () => {
      made.close();
      setMap(null);
    };
  }, [container, district, store, now]);
  useEffect(() => map?.setTheme(themeFor(theme, hasBaseMap)), [map, theme, hasBaseMap]);
  return { map, status };
}
