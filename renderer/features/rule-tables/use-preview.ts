import { useState } from 'react';
import type { OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import type { DraftRow } from './table-draft.ts';
import { contentOf } from './table-info.ts';
import type { OpenTable } from './use-rule-tables.ts';

export type RulesPreview = OutputOf<'rules.preview'>;

export interface Preview {
  /** For which rows it was made: later edits make it old. */
  readonly rows: readonly DraftRow[];
  readonly state: 'loading' | 'done' | 'failed';
  readonly result: RulesPreview | null;
  readonly error: WireError | null;
}

/** What the draft would change, as the host counts it when asked. */
export function usePreview(): { readonly preview: Preview | null; run(table: OpenTable): void; clear(): void } {
  const client = useClient();
  const [preview, setPreview] = useState<Preview | null>(null);
  const run = async ({ info, draft: { rows } }: OpenTable) => {
    setPreview({ rows, state: 'loading', result: null, error: null });
    const outcome = await client.call('rules.preview', contentOf(info.name, info.columns, rows));
    setPreview((before) => {
      if (before?.rows !== rows) return before;
      if (!outcome.ok) return { rows, state: 'failed', result: null, error: outcome.error };
      return { rows, state: 'done', result: outcome.value, error: null };
    });
  };
  return { preview, run: (table) => void run(table), clear: () => setPreview(null) };
}
