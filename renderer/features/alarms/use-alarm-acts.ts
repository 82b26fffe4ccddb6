import { useState } from 'react';
import type { AlarmsDone } from '#contract/alarms.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import { useClient } from '#renderer/client/hooks.tsx';

export interface AlarmActs {
  /** Why the last act was refused; null when it was not. */
  readonly error: WireError | null;
  /** An act is under way: 发送中. */
  readonly isSending: boolean;
  acknowledge(ids: readonly number[]): void;
  takeInHand(ids: readonly number[]): void;
  unshelve(ids: readonly number[]): void;
  /** Resolves when it is on record, or refused. */
  shelve(ids: readonly number[], reason: string, until: number): Promise<boolean>;
}

/** What can be done about alarms. What it changed comes back over the stream. */
export function useAlarmActs(): AlarmActs {
  const client = useClient();
  const [error, setError] = useState<WireError | null>(null);
  const [isSending, setSending] = useState(false);
  const send = async (call: () => Promise<Result<AlarmsDone, WireError>>): Promise<boolean> => {
    setSending(true);
    const outcome = await call();
    setSending(false);
    setError(outcome.ok ? null : outcome.error);
    return outcome.ok;
  };
  return {
    error,
    isSending,
    acknowledge: (ids) => void send(() => client.call('alarms.acknowledge', { ids: [...ids] })),
    takeInHand: (ids) => void send(() => client.call('alarms.takeInHand', { ids: [...ids] })),
    unshelve: (ids) => void send(() => client.call('alarms.unshelve', { ids: [...ids] })),
    shelve: (ids, reason, until) => send(() => client.call('alarms.shelve', { ids: [...ids], reason, until })),
  };
}
