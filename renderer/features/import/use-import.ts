import { useState } from 'react';
import type { WireError } from '#contract/errors.ts';
import type { ImportMapping, ImportPreview, ImportProgress, ImportReport } from '#contract/imports.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useImportProgress } from './use-import-progress.ts';

/** Where the person is: choosing a file, checking its mapping, waiting, reading what became of it. */
export type ImportStep =
  | { readonly step: 'choose'; readonly error: WireError | null }
  | { readonly step: 'reading' }
  | {
      readonly step: 'mapping';
      readonly path: string;
      readonly preview: ImportPreview;
      readonly error: WireError | null;
    }
  | { readonly step: 'running'; readonly path: string; readonly preview: ImportPreview }
  | { readonly step: 'done'; readonly path: string; readonly preview: ImportPreview; readonly report: ImportReport };

export interface ImportFlow {
  readonly at: ImportStep;
  readonly progress: ImportProgress | null;
  open(path: string): Promise<void>;
  run(mapping: ImportMapping, isDryRun: boolean): Promise<void>;
  cancel(): void;
  restart(): void;
  backToMapping(): void;
}

/** The steps of an import; the host does the work and goes on if this window closes. */
export function useImport(): ImportFlow {
  const client = useClient();
  const [at, setAt] = useState<ImportStep>({ step: 'choose', error: null });
  const progress = useImportProgress('cases');

  return {
    at,
    progress,
    open: async (path) => {
      setAt({ step: 'reading' });
      const outcome = await client.call('import.preview', { path });
      setAt(
        outcome.ok
          ? { step: 'mapping', path, preview: outcome.value, error: null }
          : { step: 'choose', error: outcome.error },
      );
    },
    run: async (mapping, isDryRun) => {
      if (at.step !== 'mapping') return;
      const { path, preview } = at;
      setAt({ step: 'running', path, preview });
      const outcome = await client.call('import.run', { path, mapping, dryRun: isDryRun });
      setAt(
        outcome.ok
          ? { step: 'done', path, preview, report: outcome.value }
          : { step: 'mapping', path, preview, error: outcome.error },
      );
    },
    cancel: () => {
      if (progress !== null) void client.call('import.cancel', { importId: progress.importId });
    },
    restart: () => setAt({ step: 'choose', error: null }),
    backToMapping: () => {
      if (at.step === 'done') setAt({ step: 'mapping', path: at.path, preview: at.preview, error: null });
    },
  };
}
