import { posts } from '#domain/reference/rows.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { PersonField } from '#renderer/pickers/person-field.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import type { StepDraft } from '#renderer/acts/act-draft.ts';
import styles from './act-form.module.css';

/** The chain of 逐级批示, step by step: post, person, minutes. */
export function StepsField({
  steps,
  units,
  onChange,
  problem,
}: {
  readonly steps: readonly StepDraft[];
  /** Whose people are offered. */
  readonly units: readonly string[];
  readonly onChange: (steps: readonly StepDraft[]) => void;
  readonly problem: string | null;
}) {
  const { t } = useWords();
  const change = (index: number, part: Partial<StepDraft>) =>
    onChange(steps.map((step, at) => (at === index ? { ...step, ...part } : step)));
  return (
    <div className={styles.rows} role="group" aria-label={t('acts.fields.steps')}>
      {steps.map((step, index) => {
        const number = index + 1;
        return (
          <div key={index} className={styles.orderRow}>
            <Pick
              label={t('acts.fields.stepPost', { number })}
              items={posts.map((post) => ({ id: post, name: t(`peoplePosts.${post}`) }))}
              value={posts.find((post) => post === step.post) ?? 'leader'}
              onChange={(post) => change(index, { post })}
            />
            <PersonField
              label={t('acts.fields.stepPerson', { number })}
              note={t('acts.optional')}
              units={units}
              value={step.personId}
              onChange={(personId) => change(index, { personId })}
            />
            <Field
              label={t('acts.fields.stepMinutes', { number })}
              value={step.minutes}
              onChange={(minutes) => change(index, { minutes })}
              inputMode="numeric"
            />
            <Button
              kind="quiet"
              aria-label={t('acts.fields.removeStep', { number })}
              onPress={() => onChange(steps.filter((_, at) => at !== index))}
            >
              ×
            </Button>
          </div>
        );
      })}
      {problem === null ? null : <span className={styles.problem}>{problem}</span>}
      <span>
        <Button size="small" onPress={() => onChange([...steps, { post: 'leader', personId: '', minutes: '30' }])}>
          {t('acts.fields.addStep')}
        </Button>
      </span>
    </div>
  );
}
