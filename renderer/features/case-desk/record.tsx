import type { HistoryStep } from '#contract/cases.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { useUnitName } from './use-unit-name.ts';
import styles from './case-desk.module.css';

/** Every step, latest first, with the journal entry that holds it. */
export function CaseRecord({ steps }: { readonly steps: readonly HistoryStep[] }) {
  const { t } = useWords();
  const unitName = useUnitName();
  const now = useNow(60_000);
  return (
    <ol className={styles.record}>
      {steps.toReversed().map((step) => (
        <li key={step.sequence}>
          <span className={styles.recordTime}>{moment(step.at, now)}</span>
          <span className={styles.recordName}>
            {t(`events.${step.type.replaceAll('.', '_')}` as 'events.case_closed_v1')}
          </span>
          <span className={styles.recordWho}>
            {t(`posts.${step.by.role}`)} {step.by.unit === null ? step.by.id : unitName(step.by.unit)}
          </span>
          <span className={styles.recordWords}>{wordsOf(step)}</span>
          <span className={styles.recordEntry}>{t('case.entry', { sequence: step.sequence })}</span>
        </li>
      ))}
    </ol>
  );

  function wordsOf({ facts }: HistoryStep): string {
    const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '');
    const result = text('result');
    const parts = [
      text('unit') === '' ? '' : `→ ${unitName(text('unit'))}`,
      text('handlerId'),
      text('collectorId'),
      isCheckResult(result) ? t(`case.checkResults.${result}`) : result,
      text('condition'),
      text('reason'),
      text('opinion'),
    ];
    return parts.filter(Boolean).join(' · ');
  }
}

function isCheckResult(text: string): text is 'passed' | 'failed' | 'unable' {
  return text === 'passed' || text === 'failed' || text === 'unable';
}
