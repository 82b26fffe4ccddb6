import type { WireError } from '#contract/errors.ts';
import type { ImportPreview, ImportProgress, ImportReport, ImportRun } from '#contract/imports.ts';
import type { Result } from '#domain/base/result.ts';

/** Intake of files. One import runs at a time. */
export interface Imports {
  preview(path: string): Promise<Result<ImportPreview, WireError>>;
  run(request: ImportRun): Promise<Result<ImportReport, WireError>>;
  /** False if no import with that id runs. */
  cancel(importId: string): boolean;
  /** Cancels what runs and waits until it has ended; nothing runs any more. */
  close(): Promise<void>;
  /** Imports that run or ended since the start, newest last; at most 20. */
  list(): readonly ImportProgress[];
  onProgress(listener: (progress: ImportProgress) => void): () => void;
}
