import type { CaseDetail, HistoryStep } from '#contract/cases.ts';
import { span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { chainRows, chainTotals, type ChainRow, type ChainTotals } from './chain-rows.ts';
import { useNames } from '#renderer/acts/use-names.ts';

/** The lines of the chain now, its totals, and what its head line says. */
export function useChain(
  detail: CaseDetail,
  steps: readonly HistoryStep[],
): {
  readonly rows: readonly ChainRow[];
  readonly totals: ChainTotals;
  readonly note: string;
  readonly longest: string;
} {
  const { t, language } = useWords();
  const { shortUnit, depth } = useNames();
  const now = useNow(5_000);
  const rows = chainRows(detail, steps, depth, now);
  const totals = chainTotals(rows);
  const { longest } = totals;
  const time = longest === null ? '' : span(longest.stayMs, language);
  return {
    rows,
    totals,
    note:
      totals.hops === 0
        ? ''
        : `${t('case.hops', { count: totals.hops })} · ${t('case.total', { time: span(totals.stayMs, language) })}`,
    longest: longest === null ? '' : t('case.longest', { unit: shortUnit(longest.unit), time, share: longest.share }),
  };
}
