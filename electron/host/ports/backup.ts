import type { BackupDone, BackupProblemCode, BackupSettings, BackupStatus, DrillReport } from '#contract/backup.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';

/** Copies of the data folder on another disk. One of its works runs at a time. */
export interface Backups {
  status(): BackupStatus;
  onStatus(listener: (status: BackupStatus) => void): () => void;
  configure(settings: BackupSettings): Promise<Result<BackupStatus, WireError>>;
  /** Into the folder of the settings if no other is named. */
  run(to: string | undefined): Promise<Result<BackupDone, WireError>>;
  drill(): Promise<Result<DrillReport, WireError>>;
  /** Stops what is under way, which leaves the backup before it whole. */
  close(): Promise<void>;
}

/** Something outside stands in the way of a backup; the message says what. */
export class BackupProblem extends Error {
  readonly code: BackupProblemCode;

  constructor(code: BackupProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
