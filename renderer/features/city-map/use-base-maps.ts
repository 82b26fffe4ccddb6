import { useEffect, useMemo, useState } from 'react';
import type { BaseMap, BaseMapReason } from '#contract/base-map.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { ShownBaseMap } from '#renderer/map/base-map-layers.ts';
import { onBadTile } from '#renderer/map/base-map-tiles.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useChoice } from '#renderer/state/desk-context.tsx';

/** A registered base map, and how often it has recovered: its tiles are asked for anew then. */
interface KnownBaseMap extends BaseMap {
  readonly edition: number;
}

/** With these some tiles are there; with others none, and asking is of no use. */
const partial: readonly BaseMapReason[] = ['damaged_tile', 'bad_status', 'not_a_picture', 'no_tiles'];

export interface BaseMapsState {
  /** Null before the first word of the host. */
  readonly maps: readonly KnownBaseMap[] | null;
  /** Bottom to top. */
  readonly shown: readonly ShownBaseMap[];
  /** What has to stand in the corner while they are shown. */
  readonly credits: readonly string[];
  /** Those that are on and fail, in words. */
  readonly problems: readonly string[];
}

/** Base maps as the host knows them, and those that are on at this desk. */
export function useBaseMaps(): BaseMapsState {
  const { t } = useWords();
  const client = useClient();
  const chosen = useChoice((state) => state.baseMaps);
  const [maps, setMaps] = useState<readonly KnownBaseMap[] | null>(null);
  useEffect(
    () =>
      client.watch(
        'basemap.watch',
        {},
        {
          reset: () => {},
          apply: (items) => {
            for (const { maps: next } of items) setMaps((before) => withEditions(before ?? [], next));
          },
          failed: () => {},
        },
      ),
    [client],
  );
  const on = useMemo(
    () =>
      chosen.flatMap(({ id, opacity }) => {
        const found = maps?.find((one) => one.id === id);
        return found === undefined ? [] : [{ ...found, opacity }];
      }),
    [chosen, maps],
  );
  const shown = useMemo(() => on.filter(({ problem }) => problem === null || partial.includes(problem.reason)), [on]);
  return {
    ...{ maps, shown },
    credits: shown.map(({ name, approvalNumber, owner, date }) =>
      t('baseMap.about', {
        name,
        approval: approvalNumber === '' ? t('baseMap.noApproval') : t('map.approval', { number: approvalNumber }),
        owner: owner === '' ? t('baseMap.noOwner') : owner,
        date: date === '' ? t('baseMap.noDate') : date,
      }),
    ),
    problems: on.flatMap(({ name, problem }) =>
      problem === null ? [] : [`${name}: ${t(`baseMap.reasons.${problem.reason}`)}`],
    ),
  };
}

/** Draws them; the result names those of which a tile can't be drawn. */
export function useDrawnBaseMaps(map: CityMap | null, shown: readonly ShownBaseMap[]): ReadonlySet<string> {
  const isDark = useChoice((state) => state.theme) === 'dark';
  const [faulty, setFaulty] = useState<ReadonlySet<string>>(new Set());
  const drawn = shown.map(({ id, edition }) => `${id} ${edition}`).join();
  const [known, setKnown] = useState(drawn);
  if (known !== drawn) {
    setKnown(drawn);
    setFaulty(new Set());
  }
  useEffect(() => onBadTile((id) => setFaulty((before) => new Set([...before, id]))), []);
  useEffect(() => map?.extras.baseMaps.set(shown, isDark), [map, shown, isDark]);
  return faulty;
}

function withEditions(before: readonly KnownBaseMap[], next: readonly BaseMap[]): readonly KnownBaseMap[] {
  return next.map((one) => {
    const known = before.find(({ id }) => id === one.id);
    const isBack = known !== undefined && known.problem !== null && one.problem === null;
    return { ...one, edition: (known?.edition ?? 0) + (isBack ? 1 : 0) };
  });
}
