import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from '#renderer/client/hooks.tsx';
import type { AlarmSight, LiveAlarms } from '#renderer/state/live-alarms.ts';

/** What stands now; renders again when it changes. */
export function useAlarmSight(live: LiveAlarms): AlarmSight {
  return useSyncExternalStore(
    (listener) => live.onChange(listener),
    () => live.sight,
  );
}

/** The host's time, also while the desk shows the past: alarms are of now. */
export function useHostNow(everyMs = 1_000): number {
  const client = useClient();
  const [at, setAt] = useState(() => client.hostNow());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setAt(client.hostNow());
      timer = setTimeout(tick, everyMs - (client.hostNow() % everyMs) + 1);
    };
    tick();
    return () => clearTimeout(timer);
  }, [client, everyMs]);
  return at;
}
