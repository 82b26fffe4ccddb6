import type { LedgerCause } from '#contract/clock.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { ruleOf } from './chosen-clock.ts';
import { isStop } from './ledger-at.ts';
import type { LedgerRow } from './ledger-rows.ts';

export interface CauseWords {
  /** One span: `午休`, `国庆节放假`, `国庆节调休上班`. */
  one(cause: LedgerCause, name: string | null): string;
  /** What a row is made of, and whether it counts. `limit` is the whole limit in words. */
  row(row: LedgerRow, about: { readonly isOpenEnd: boolean; readonly limit: string }): string;
}

/** Why spans of a clock count or not, in words. */
export function useCauseWords(): CauseWords {
  const { t, language } = useWords();
  const separator = language === 'en' ? ', ' : '、';

  const one = (cause: LedgerCause, name: string | null): string => {
    if (name !== null && cause === 'holiday') return t('ledger.holidayOf', { name });
    if (name !== null && cause === 'work_time') return t('ledger.makeUp', { name });
    return t(`ledger.causes.${cause}`);
  };

  const row: CauseWords['row'] = ({ causes, isCounted, isAhead }, { isOpenEnd, limit }) => {
    const isCounting = (cause: LedgerCause) => cause === 'work_time' || cause === 'continuous' || cause === 'remaining';
    const counted = causes.filter(({ cause }) => isCounting(cause)).map(({ cause, name }) => one(cause, name));
    const rest = causes.filter(({ cause }) => !isCounting(cause)).map(({ cause, name }) => one(cause, name));
    if (isAhead && isCounted) {
      if (rest.length > 0) return t('ledger.remainingPartly', { causes: rest.join(separator) });
      return isOpenEnd ? t('ledger.untilDue', { limit }) : t('ledger.causes.remaining');
    }
    if (!isCounted) {
      const words = rest.join(separator);
      if (causes.some(({ cause }) => isStop(cause))) return isOpenEnd ? t('ledger.standing', { cause: words }) : words;
      return t('ledger.notCounted', { causes: words });
    }
    const words = counted.join(separator);
    const whole = rest.length === 0 ? words : t('ledger.partly', { counted: words, causes: rest.join(separator) });
    return isOpenEnd ? t('ledger.running', { cause: whole }) : whole;
  };

  return { one, row };
}

/** Where a limit came from: table and row, in words. */
export function useRuleWords(): (basis: string) => string {
  const { t } = useWords();
  const versionWords = useVersionWords();
  return (basis) => {
    const rule = ruleOf(basis);
    if (rule === null) return t('ledger.basis.other', { basis });
    if (rule.table === 'stage') return t('ledger.basis.stage');
    const place = t(`ledger.basis.${rule.table}`, { row: rule.row });
    if (rule.version === null) return place;
    return t('ledger.basis.ofVersion', { place, version: versionWords(rule.version) });
  };
}

/** A version, or several joined by `+`, without the sums that tell equal names apart. */
export function useVersionWords(): (version: string) => string {
  const { t } = useWords();
  return (version) => {
    const parts = version.split('+').map((part) => part.replace(/-[\da-f]{8}$/, ''));
    const names = parts.map((part) => (part === 'default' ? t('rules.shipped') : part));
    return [...new Set(names)].join(' + ');
  };
}
