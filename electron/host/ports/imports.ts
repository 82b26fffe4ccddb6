import type { WireError } from '#contract/errors.ts';
import type { ImportPreview, ImportProgress, ImportReport, ImportRun } from '#contract/imports.ts';
import type { Result } from '#domain/base/result.ts';

/** Imports of one kind, one at a time, and how far they are. */
export interface ImportRuns {
  /** False if no import with that id runs. */
  cancel(importId: string): boolean;
  /** Cancels what runs and waits until it has ended; nothing runs any more. */
  close(): Promise<void>;
  /** Imports that run or ended since the start, newest last; at most 20. */
  list(): readonly ImportProgress[];
  onProgress(listener: (progress: ImportProgress) => void): () => void;
}

/** Intake of files of cases. */
export interface Imports extends ImportRuns {
  preview(path: string): Promise<Result<ImportPreview, WireError>>;
  run(request: ImportRun): Promise<Result<ImportReport, WireError>>;
}
