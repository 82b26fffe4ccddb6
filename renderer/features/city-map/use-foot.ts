import { useConnection } from '#renderer/client/hooks.tsx';
import { clockTime, count, fullTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { MapView } from '#renderer/map/map-events.ts';
import { filterFor, isFiltered } from '#renderer/state/case-filter.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';
import { scaleBar } from '#renderer/ui/scale-bar.ts';

/** What stands below the map, in words. */
export interface Foot {
  readonly scale: { readonly text: string; readonly widthPixels: number } | null;
  readonly shown: string;
  /** Time of data; with the day for a picture, since that is looked at later. */
  readonly clock: string;
  readonly time: string;
  readonly isStale: boolean;
  readonly approval: string;
}

export function useFoot(view: MapView | null): Foot {
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
  return {
    scale: scale === null ? null : { text: lengthText(scale.meters), widthPixels: scale.widthPixels },
    shown: shownText(),
    clock: t('map.dataTime', { time: isPast ? fullTime(time) : clockTime(time) }),
    time: t('map.dataTime', { time: fullTime(time) }),
    isStale,
    approval:
      district.approvalNumber === null ? t('map.schematic') : t('map.approval', { number: district.approvalNumber }),
  };

  function lengthText(meters: number): string {
    return meters < 1_000 ? t('map.meters', { count: meters }) : t('map.kilometers', { count: meters / 1_000 });
  }

  function shownText(): string {
    if (isWhole) return t('map.shown', { count: live.rows.size });
    const fits = filterFor(filter, areas, now);
    let shown = 0;
    for (const row of live.rows.values()) if (fits(row)) shown += 1;
    return t('map.shownFiltered', { count: shown, total: count(live.rows.size) });
  }
}
