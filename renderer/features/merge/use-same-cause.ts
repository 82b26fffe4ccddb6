import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';

export interface Asked<Answer> {
  readonly answer: Answer | null;
  readonly error: WireError | null;
  reload(): void;
}

/** Likely duplicates of a case; asked again when its version changes. */
export function useDuplicates(id: string, version: number): Asked<OutputOf<'case.duplicates'>> {
  return useAsked('case.duplicates', id, version);
}

/** What was reported at the spot of a case. */
export function useNearby(id: string, version: number): Asked<OutputOf<'case.nearby'>> {
  return useAsked('case.nearby', id, version);
}

function useAsked<Name extends 'case.duplicates' | 'case.nearby'>(
  name: Name,
  id: string,
  version: number,
): Asked<OutputOf<Name>> {
  const client = useClient();
  const { state: connection } = useConnection();
  const [found, setFound] = useState<{ readonly id: string; readonly answer: OutputOf<Name> } | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const abort = useRef<AbortController>(null);
  const load = useCallback(async () => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const outcome = await client.call(name, { id } as InputOf<Name>, controller);
    if (controller.signal.aborted) return;
    if (outcome.ok) setFound({ id, answer: outcome.value });
    setError(outcome.ok ? null : outcome.error);
  }, [client, name, id]);
  useEffect(() => {
    if (connection !== 'open') return;
    void load();
    return () => abort.current?.abort();
    // Another version of the case is another question.
  }, [load, connection, version]);
  return { answer: found?.id === id ? found.answer : null, error, reload: () => void load() };
}
