import { useMemo } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useTable } from '#renderer/state/desk-context.tsx';
import type { TableRecord } from '#renderer/state/reference.ts';
import type { Presets, StepDraft } from './act-draft.ts';
import type { Suggested } from './use-suggestions.ts';

/** What forms are begun with: the usual words, the condition of the class, the township's endorsement chain. */
export function usePresets(detail: CaseDetail | null, { conditions }: Suggested): Presets {
  const { t } = useWords();
  const chains = useTable('endorsement-chains');
  const [party] = useTable('supervising-parties');
  const holderUnit = detail?.holderUnit ?? null;
  const condition = detail?.condition ?? null;
  const timeClass = detail?.ticket?.timeClass ?? '';
  const usual = conditions[0]?.condition;
  const ending = conditions.find((row) => row.condition === condition)?.closeCondition;
  return useMemo(
    () => ({
      text: {
        register: { condition: usual === undefined || usual === '' ? t('acts.presets.register') : usual },
        close: { condition: ending === undefined || ending === '' ? t('acts.presets.close') : ending },
        endorse: { opinion: t('acts.presets.endorse') },
        supervise: { party: party?.['code'] ?? '' },
      },
      steps: endorsementSteps(chains, holderUnit, timeClass),
    }),
    [t, usual, ending, party, chains, holderUnit, timeClass],
  );
}

/** The chain of the township for the time class; else the one of any township; else of any time class. */
function endorsementSteps(
  rows: readonly TableRecord[],
  township: string | null,
  timeClass: string,
): readonly StepDraft[] {
  const fits = (row: TableRecord, name: string, wanted: string) => (row[name] ?? '') === wanted;
  const candidates = [
    rows.filter((row) => fits(row, 'township', township ?? '-') && fits(row, 'time_class', timeClass)),
    rows.filter((row) => fits(row, 'township', '') && fits(row, 'time_class', timeClass)),
    rows.filter((row) => fits(row, 'township', '') && fits(row, 'time_class', 'general')),
  ];
  const chain = candidates.find((found) => found.length > 0) ?? [];
  return chain
    .toSorted((a, b) => Number(a['step']) - Number(b['step']))
    .map((row) => ({ post: row['post'] ?? '', personId: '', minutes: row['deadline_minutes'] ?? '30' }));
}
