import { useEffect, useState } from 'react';
import type { BackupSettings, BackupStatus } from '#contract/backup.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';

export interface BackupWork {
  /** Null before the first word of the host. */
  readonly status: BackupStatus | null;
  readonly error: WireError | null;
  readonly isSaved: boolean;
  save(settings: BackupSettings): void;
  run(): void;
  drill(): void;
}

/** Backups as the host does them; it goes on if this window closes. */
export function useBackup(): BackupWork {
  const client = useClient();
  const [status, setStatus] = useState<BackupStatus | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isSaved, setSaved] = useState(false);

  useEffect(
    () =>
      client.watch(
        'backup.watch',
        {},
        {
          reset: () => {},
          apply: (items) => {
            const last = items.at(-1);
            if (last !== undefined) setStatus(last);
          },
          failed: setError,
        },
      ),
    [client],
  );

  const said = (outcome: { readonly ok: true } | { readonly ok: false; readonly error: WireError }) => {
    setError(outcome.ok ? null : outcome.error);
    return outcome.ok;
  };
  const begin = () => {
    setError(null);
    setSaved(false);
  };
  return {
    status,
    error,
    isSaved,
    save: (settings) => {
      begin();
      void client.call('backup.configure', settings).then((outcome) => setSaved(said(outcome)));
    },
    run: () => {
      begin();
      void client.call('backup.run', {}).then(said);
    },
    drill: () => {
      begin();
      void client.call('backup.drill', {}).then(said);
    },
  };
}
