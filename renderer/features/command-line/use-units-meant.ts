import { useEffect, useState } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useDesk } from '#renderer/state/desk-context.tsx';
import type { UnitEntry } from '#renderer/state/directory.ts';
import { unitMeant, unitsBelow } from './unit-meant.ts';

export interface UnitsMeant {
  /** The one that is meant; null while that is not clear. */
  readonly unit: UnitEntry | null;
  /** All that fit, those of the case's own township first. */
  readonly found: readonly UnitEntry[];
  readonly isLoading: boolean;
}

const nobody: UnitsMeant = { unit: null, found: [], isLoading: false };

/** Units that a word of a line names, by name, initials or code. `word` null: none is wanted. */
export function useUnitsMeant(word: string | null, detail: CaseDetail | null, isBelowHolder: boolean): UnitsMeant {
  const client = useClient();
  const { areas } = useDesk();
  const [known, setKnown] = useState<{ readonly word: string; readonly units: readonly UnitEntry[] } | null>(null);
  useEffect(() => {
    if (word === null) return;
    const controller = new AbortController();
    void client.call('units.find', { text: word, limit: 60 }, controller).then((outcome) => {
      if (!controller.signal.aborted) setKnown({ word, units: outcome.ok ? outcome.value.units : [] });
    });
    return () => controller.abort();
  }, [client, word]);
  if (word === null || detail === null) return nobody;
  if (known?.word !== word) return { ...nobody, isLoading: true };
  const way = areas.path(detail.gridCode).map(({ code }) => code);
  const units = isBelowHolder ? unitsBelow(detail.holderUnit, known.units, areas) : known.units;
  return { ...unitMeant(word, units, way), isLoading: false };
}
