import type { HistoryStep } from '#contract/cases.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { factsOf } from './history-facts.ts';
import { useFactSpeech } from './use-fact-speech.ts';
import { useNames } from '#renderer/acts/use-names.ts';
import styles from './case-desk.module.css';

/** Every step, latest first, with the journal entry that holds it. */
export function CaseRecord({ steps }: { readonly steps: readonly HistoryStep[] }) {
  const { t } = useWords();
  const { unit } = useNames();
  const now = useNow(60_000);
  const speech = useFactSpeech(now);
  return (
    <ol className={styles.record}>
      {steps.toReversed().map((step) => (
        <li key={step.version}>
          <span className={styles.recordTime}>{moment(step.at, now)}</span>
          <span className={styles.recordName}>
            {t(`events.${step.type.replaceAll('.', '_')}` as 'events.case_closed_v1')}
          </span>
          <span className={styles.recordWho}>
            {t(`posts.${step.by.role}`)} {step.by.unit === null ? step.by.id : unit(step.by.unit)}
          </span>
          <span className={styles.recordWords}>{factsOf(step, speech).join(' · ')}</span>
          <span className={styles.recordEntry}>{t('case.entry', { sequence: step.sequence })}</span>
        </li>
      ))}
    </ol>
  );
}
