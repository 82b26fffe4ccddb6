import type { AlarmChange } from '#contract/alarms.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import type { Alarms } from '#host/ports/alarms.ts';
import type { Clock } from '#host/ports/clock.ts';
import { alarmRow } from './handlers/alarms.ts';
import type { StreamSource } from './stream-source.ts';

/** The rate meter looks back so far. */
const METER_MS = 3 * HOUR_MS;

/** `alarms.watch`: all alarms that stand and the rate, then what changes; who comes back gets all of them again. */
export function alarmStream(alarms: Alarms, clock: Clock, sequence: () => number): StreamSource<AlarmChange> {
  const rate = (): AlarmChange => {
    const asOf = clock.now();
    const { bins, ...now } = alarms.rate();
    const shown = bins.filter(({ at }) => at > asOf - METER_MS).map((bin) => ({ ...bin }));
    return { kind: 'rate', rate: { asOf, ...now, bins: shown } };
  };
  return {
    keyOf: (item) => (item.kind === 'rate' ? 'rate' : `${item.kind === 'gone' ? item.id : item.alarm.id}`),
    snapshot: () => ({
      items: [...alarms.standing().map((alarm): AlarmChange => ({ kind: 'alarm', alarm: alarmRow(alarm) })), rate()],
      sequence: sequence(),
    }),
    since: () => null,
    onItems: (listener) =>
      alarms.onChanged(({ changed, gone }) => {
        const items: AlarmChange[] = [
          ...gone.map((id) => ({ kind: 'gone' as const, id })),
          ...changed.map((alarm) => ({ kind: 'alarm' as const, alarm: alarmRow(alarm) })),
        ];
        listener([...items, rate()], sequence());
      }),
  };
}
