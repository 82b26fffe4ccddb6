import { useEffect, useState } from 'react';
import { useClient } from '#renderer/client/hooks.tsx';
import { LiveAlarms } from '#renderer/state/live-alarms.ts';

/** The alarms that stand, for as long as the desk is there. */
export function useLiveAlarms(): LiveAlarms {
  const client = useClient();
  const [live] = useState(() => new LiveAlarms());
  useEffect(() => live.follow(client), [client, live]);
  return live;
}
