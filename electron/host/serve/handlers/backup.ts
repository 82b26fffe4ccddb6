import { ok } from '#domain/base/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type BackupHandlers = Pick<Handlers, 'backup.status' | 'backup.configure' | 'backup.run' | 'backup.drill'>;

/** Backups; one that runs goes on when whoever asked for it goes away. */
export function backupHandlers({ backups }: Pick<HostParts, 'backups'>): BackupHandlers {
  return {
    'backup.status': () => Promise.resolve(ok(backups.status())),
    'backup.configure': (settings) => backups.configure(settings),
    'backup.run': ({ to }) => backups.run(to),
    'backup.drill': () => backups.drill(),
  };
}
