import { useEffect, useMemo, useState } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import type { DispatchSuggestions, Suggestion } from '#contract/dispatch.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { sendingActs } from './act-draft.ts';
import { unitOnTheWay, type NextActions } from './next-actions.ts';

/** What the host suggests for the case in hand. `isLoading` while it has not answered. */
export interface Suggested {
  readonly suggestions: readonly Suggestion[];
  readonly conditions: DispatchSuggestions['conditions'];
  readonly isLoading: boolean;
}

const none: Suggested = { suggestions: [], conditions: [], isLoading: false };
const loading: Suggested = { ...none, isLoading: true };

/**
 * Suggestions for the usual next step, asked for as soon as the case is on the screen: F6 and Enter need not wait. A unit
 * that sends on is offered the unit below it on the way to the place.
 */
export function useSuggestions(detail: CaseDetail | null, { primary }: Pick<NextActions, 'primary'>): Suggested {
  const client = useClient();
  const { areas } = useDesk();
  const [known, setKnown] = useState<{ readonly of: string; readonly suggested: Suggested } | null>(null);
  const id = detail?.id ?? '';
  const isWanted = detail !== null && (primary === 'register' || (primary !== null && sendingActs.has(primary)));
  const key = `${id} ${detail?.version ?? 0}`;

  useEffect(() => {
    if (!isWanted) return;
    const controller = new AbortController();
    void client.call('case.suggestDispatch', { id }, controller).then((outcome) => {
      if (controller.signal.aborted) return;
      const found = outcome.ok ? { ...outcome.value, isLoading: false } : none;
      setKnown({ of: key, suggested: found });
    });
    return () => controller.abort();
  }, [client, isWanted, id, key]);

  // The same object until something changes: a form that nobody touched follows it.
  return useMemo(() => {
    if (!isWanted || detail === null) return none;
    const suggested = known?.of === key ? known.suggested : loading;
    if (primary !== 'sub_dispatch') return suggested;
    const below = unitOnTheWay(detail, areas);
    const name = below === null ? undefined : areas.area(below)?.name;
    if (below === null || name === undefined) return none;
    return { ...suggested, isLoading: false, suggestions: [territorial(below, name, detail.mode)] };
  }, [isWanted, known, key, primary, detail, areas]);
}

/** 属地: the unit in whose area it lies. Its limit runs already, so none is told. */
function territorial(unit: string, name: string, mode: Suggestion['mode']): Suggestion {
  return {
    lead: { unit, name, personId: null, personDisplay: null },
    co: [],
    mode,
    limit: { value: 0, unit: 'minute', basis: '', isPlaceholder: false },
    accuracy: { right: 0, all: 0 },
    reasons: [{ kind: 'territory', detail: {} }],
    isAutomatic: false,
    isPlaceholder: false,
  };
}
