import { useEffect, useMemo, useState } from 'react';
import type { OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { alarmsOf, type Alarm } from '#renderer/state/alarms.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';

const ASK_EVERY_MS = 30_000;
const CHANGES_EVERY_MS = 2_000;
/** The first ones of each kind would do for a screen; the counts are of all. */
const MOST_WARNINGS = 1_000;

export type Warnings = OutputOf<'warnings.list'>;

export interface AlarmView {
  /** What is marked; null while the layer is off. */
  readonly alarms: readonly Alarm[] | null;
  readonly warnings: Warnings | null;
  readonly error: WireError | null;
}

/** Warnings of the host, asked for again and again while somebody looks; and what of them and of the cases is marked. */
export function useAlarms(isListOpen: boolean): AlarmView {
  const client = useClient();
  const isOpen = useConnection().state === 'open';
  const isPast = useIsPast();
  const { live, areas } = useDesk();
  const isOn = useChoice((state) => state.layers.alarms);
  const version = useLiveVersion(CHANGES_EVERY_MS);
  const [warnings, setWarnings] = useState<Warnings | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const isWanted = (isOn || isListOpen) && !isPast && isOpen;

  useEffect(() => {
    if (!isWanted) return;
    let isLooking = true;
    const ask = async () => {
      const outcome = await client.call('warnings.list', { limit: MOST_WARNINGS });
      if (!isLooking) return;
      if (outcome.ok) setWarnings(outcome.value);
      setError(outcome.ok ? null : outcome.error);
    };
    void ask();
    const asking = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      isLooking = false;
      clearInterval(asking);
    };
  }, [client, isWanted]);

  // Warnings are of now; a shown past has the alarms of its cases alone.
  const shown = isPast ? null : warnings;
  const alarms = useMemo(
    () =>
      isOn
        ? alarmsOf({
            rows: live.rows.values(),
            warnings: shown?.warnings ?? [],
            rowOf: (id) => live.rows.get(id),
            middleOf: (code) => areas.area(code)?.labelPoint,
          })
        : null,
    // The rows change with the version.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [isOn, live, areas, shown, version],
  );
  return { alarms, warnings: shown, error };
}
