import { useEffect, useMemo, useState } from 'react';
import type { CaseRow } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { unpackCases } from '#contract/packed-cases.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { areaFigures } from '#renderer/map/area-figures.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import type { FigureName } from '#renderer/map/map-layers.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';

/** Of when the second map is: now, or so long before what the first one shows. */
export const periods = ['now', 'hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const HOUR_MS = 3_600_000;
const before: Readonly<Record<Exclude<Period, 'now'>, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};
const COUNTED_EVERY_MS = 5_000;

interface Picture {
  readonly period: Period;
  readonly rows: readonly CaseRow[];
  readonly asOf: number;
}

/** Counts a figure of a moment for the second map; an earlier one as it was known then, asked for once. */
export function useCompared(
  map: CityMap | null,
  figure: FigureName,
  period: Period,
): { readonly asOf: number | null; readonly error: WireError | null; readonly isLoading: boolean } {
  const client = useClient();
  const { live, areas, district, now } = useDesk();
  const layers = useChoice((state) => state.layers);
  const version = useLiveVersion(COUNTED_EVERY_MS);
  const tick = useNow(COUNTED_EVERY_MS);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [failed, setFailed] = useState<{ readonly period: Period; readonly error: WireError } | null>(null);

  useEffect(() => {
    if (period === 'now') return;
    let isWanted = true;
    const time = Math.round(now() - before[period]);
    void client.call('board.step', { time, knowledge: 'then' }).then((outcome) => {
      if (!isWanted) return;
      if (outcome.ok) setPicture({ period, rows: unpackCases(outcome.value.upserts), asOf: outcome.value.asOf });
      else setFailed({ period, error: outcome.error });
    });
    return () => {
      isWanted = false;
    };
  }, [client, period, now]);

  const earlier = picture?.period === period ? picture : null;
  const shown = useMemo(
    () => ({
      ...layers,
      figure,
      surface: 'areas' as const,
      points: 'none' as const,
      arcs: 'none' as const,
      chain: false,
      forces: false,
      components: false,
    }),
    [layers, figure],
  );
  // A copy for a new moment too: what a person chose is painted at once, whatever the picture costs.
  useEffect(() => map?.setLayers({ ...shown }, null), [map, shown, earlier]);

  const isNow = period === 'now';
  const [counted, ticked] = isNow ? [version, tick] : [0, 0];
  const asOf = isNow ? tick : (earlier?.asOf ?? null);
  useEffect(() => {
    if (map === null || (!isNow && earlier === null)) return;
    map.setFigures(
      areaFigures(figure, {
        rows: earlier?.rows ?? live.rows.values(),
        path: (code) => areas.path(code),
        areas: district.areas,
        size: (code) => ({ squareKm: map.squareKm(code), population: areas.area(code)?.population ?? null }),
        now: earlier?.asOf ?? now(),
      }),
    );
    // Of an earlier moment nothing changes any more.
  }, [map, figure, earlier, isNow, live, areas, district, now, counted, ticked]);
  const error = failed?.period === period && !isNow && earlier === null ? failed.error : null;
  return { asOf, error, isLoading: asOf === null && error === null };
}
