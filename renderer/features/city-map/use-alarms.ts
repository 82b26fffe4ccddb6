import { useMemo } from 'react';
import type { WireError } from '#contract/errors.ts';
import { alarmsOf, type Alarm } from '#renderer/state/alarms.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { useLiveVersion } from '#renderer/state/use-live.ts';
import { useWarnings, type Warnings } from '#renderer/state/use-warnings.ts';

const CHANGES_EVERY_MS = 2_000;

export interface AlarmView {
  /** What is marked; null while the layer is off. */
  readonly alarms: readonly Alarm[] | null;
  readonly warnings: Warnings | null;
  readonly error: WireError | null;
}

/** Warnings of the host, asked for again and again while somebody looks; and what of them and of the cases is marked. */
export function useAlarms(isListOpen: boolean): AlarmView {
  const { live, areas } = useDesk();
  const isOn = useChoice((state) => state.layers.alarms);
  const version = useLiveVersion(CHANGES_EVERY_MS);
  const { warnings: shown, error } = useWarnings(isOn || isListOpen);
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
