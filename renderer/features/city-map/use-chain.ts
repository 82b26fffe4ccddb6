import { useEffect, useState } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { ChainStop } from '#renderer/map/chain-line.ts';
import type { CityMap } from '#renderer/map/city-map.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { chainStops } from './chain-stops.ts';

/** Draws the selected case and its chain; asks for the case itself, since a closed one is not among the live ones. */
export function useChain(
  map: CityMap | null,
  selectedId: string | null,
): { readonly row: CaseDetail; readonly stops: number } | null {
  const client = useClient();
  const { t } = useWords();
  const { live, areas } = useDesk();
  const [detail, setDetail] = useState<CaseDetail | null>(null);
  const deskName = t('desk');

  useEffect(() => {
    setDetail(null);
    if (selectedId === null) return;
    let controller = new AbortController();
    const load = async () => {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      const outcome = await client.call('case.get', { id: selectedId }, { signal });
      if (outcome.ok && !signal.aborted) setDetail(outcome.value);
    };
    void load();
    const stop = live.onDelta(({ upserts, removed }) => {
      if (upserts.some(({ id }) => id === selectedId) || removed.includes(selectedId)) void load();
    });
    return () => {
      stop();
      controller.abort();
    };
  }, [client, live, selectedId]);

  useEffect(() => {
    if (map === null) return;
    const stops: readonly ChainStop[] = detail === null ? [] : chainStops(detail, areas, deskName);
    map.setSelection(detail, stops);
  }, [map, detail, areas, deskName]);
  return detail === null ? null : { row: detail, stops: detail.chain.length };
}
