import type { Duplicates } from '#contract/same-cause.ts';
import { span } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';

type Reason = Duplicates['candidates'][number]['reasons'][number];

/** Why two cases may have the same cause, in words. */
export function useReasonWords(): (reason: Reason) => string {
  const { t, language } = useWords();
  return (reason) => {
    switch (reason.kind) {
      case 'distance':
        return t('merge.reasons.distance', { metres: Math.round(reason.metres) });
      case 'time':
        return t('merge.reasons.time', { time: span(reason.ms, language) });
      case 'similar_class':
      case 'address':
      case 'text':
        return t(`merge.reasons.${reason.kind}`, { share: Math.round(reason.share * 100) });
      case 'same_class':
      case 'same_grid':
      case 'same_reporter':
        return t(`merge.reasons.${reason.kind}`);
    }
  };
}
