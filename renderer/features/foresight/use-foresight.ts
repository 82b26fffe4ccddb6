import { useEffect, useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { ForesightCasesGot, ForesightGot } from '#contract/foresight.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';

/** How often the host is asked again while it still counts, and while the list is open. */
const COUNTING_MS = 1_000;
const FRESH_MS = 60_000;

/** What came last, and why the last question failed. */
export interface Asked<Value> {
  readonly value: Value | null;
  readonly error: WireError | null;
}

/** Foresight up to today; asked again each minute, and each second while the host still counts. */
export function useForesight(): Asked<ForesightGot> {
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const [asked, setAsked] = useState<Asked<ForesightGot>>({ value: null, error: null });
  useEffect(() => {
    if (!isOpen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = true;
    const ask = async () => {
      const outcome = await client.call('foresight.get', {});
      if (!isLooking) return;
      setAsked((before) =>
        outcome.ok ? { value: outcome.value, error: null } : { value: before.value, error: outcome.error },
      );
      const isCounting = !outcome.ok && outcome.error.code === 'figures_counting';
      timer = setTimeout(() => void ask(), isCounting ? COUNTING_MS : FRESH_MS);
    };
    void ask();
    return () => {
      isLooking = false;
      clearTimeout(timer);
    };
  }, [client, isOpen]);
  return asked;
}

/** Rows of the cases of a line; null until they are there. `ids` are at most 200 numbers. */
export function useLineCases(ids: readonly string[]): Asked<ForesightCasesGot> {
  const client = useClient();
  const key = ids.join(' ');
  const [answer, setAnswer] = useState<Asked<ForesightCasesGot> & { readonly key: string }>({
    ...{ key: '', value: null, error: null },
  });
  useEffect(() => {
    if (key === '') return;
    let isLooking = true;
    void client.call('foresight.cases', { ids: key.split(' ') }).then((outcome) => {
      if (!isLooking) return;
      setAnswer({ key, value: outcome.ok ? outcome.value : null, error: outcome.ok ? null : outcome.error });
    });
    return () => {
      isLooking = false;
    };
  }, [client, key]);
  return answer.key === key ? answer : { value: null, error: null };
}
