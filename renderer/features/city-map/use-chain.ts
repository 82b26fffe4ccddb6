import { useEffect } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { chainStops } from './chain-stops.ts';

/** Draws the selected case and its chain, as the case panel has loaded it; null until then. */
export function useChain(map: CityMap | null): CaseDetail | null {
  const { t } = useWords();
  const { areas } = useDesk();
  const detail = useChoice((state) => (state.detail?.id === state.selectedId ? state.detail : null));
  const deskName = t('desk');
  useEffect(() => {
    map?.setSelection(detail, detail === null ? [] : chainStops(detail, areas, deskName));
  }, [map, detail, areas, deskName]);
  return detail;
}
