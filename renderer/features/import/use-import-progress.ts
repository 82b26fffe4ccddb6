import { useEffect, useState } from 'react';
import type { ImportProgress } from '#contract/imports.ts';
import { useClient } from '#renderer/client/hooks.tsx';

/** How far the newest import of a kind is; null while none is known. It may have been begun in another window. */
export function useImportProgress(kind: ImportProgress['kind']): ImportProgress | null {
  const client = useClient();
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  useEffect(
    () =>
      client.watch(
        'imports.watch',
        {},
        {
          reset: () => setProgress(null),
          apply: (items) => {
            const last = items.findLast((item) => item.kind === kind);
            if (last !== undefined) setProgress(last);
          },
          failed: () => setProgress(null),
        },
      ),
    [client, kind],
  );
  return progress;
}
