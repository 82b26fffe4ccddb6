import { useEffect, useMemo, useRef } from 'react';
import { areaFigures } from '#renderer/map/area-figures.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { FigureName, MapLayers } from '#renderer/map/map-layers.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';

/** The folded count of open cases may be drawn this often … */
const FOLDED_EVERY_MS = 500;
/** … other figures are counted over all cases, and change by time alone. */
const COUNTED_EVERY_MS = 5_000;

/** The unit whose arcs are shown: that of the list's filter, else the one that has the chosen case; null without either. */
export function useArcUnit(): string | null {
  const { live } = useDesk();
  const unit = useChoice(({ filter }) => filter.unit);
  const selectedId = useChoice((state) => state.selectedId);
  useLiveVersion(COUNTED_EVERY_MS);
  return unit ?? (selectedId === null ? null : (live.rows.get(selectedId)?.holderUnit ?? null));
}

/** Gives the map its layers, and the figures they need. */
export function useMapLayers(map: CityMap | null): void {
  const { live, areas, district, now } = useDesk();
  const layers = useChoice((state) => state.layers);
  const arcUnit = useArcUnit();
  // Names carry the count of open cases while no figure fills the areas.
  const figure: FigureName = layers.surface === 'areas' ? layers.figure : 'open';
  const shown = useMemo((): MapLayers => ({ ...layers, figure }), [layers, figure]);
  const isFolded = figure === 'open';
  const version = useLiveVersion(isFolded ? FOLDED_EVERY_MS : COUNTED_EVERY_MS);
  const tick = useNow(COUNTED_EVERY_MS);
  const time = isFolded ? 0 : tick;
  const latest = useRef<ReadonlyMap<string, number> | null>(null);

  useEffect(() => map?.setLayers(shown, arcUnit), [map, shown, arcUnit]);
  useEffect(() => {
    if (map === null) return;
    if (isFolded) {
      latest.current = null;
      map.setFigures(live.byArea);
      return;
    }
    const figures = areaFigures(figure, {
      rows: live.rows.values(),
      path: (code) => areas.path(code),
      areas: district.areas,
      size: (code) => ({ squareKm: map.squareKm(code), population: areas.area(code)?.population ?? null }),
      now: now(),
    });
    if (latest.current !== null && isSame(latest.current, figures)) return;
    latest.current = figures;
    map.setFigures(figures);
  }, [map, isFolded, figure, live, areas, district, now, version, time]);
}

/** Whether a figure can be told of any area. */
export function useKnownFigures(): (figure: FigureName) => boolean {
  const { district } = useDesk();
  const hasPeople = useMemo(() => district.areas.some(({ population }) => population !== undefined), [district]);
  return (figure) => figure !== 'perPeople' || hasPeople;
}

function isSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([code, value]) => b.get(code) === value);
}
