import { useWords } from '#renderer/i18n/use-words.ts';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import type { ReporterForm } from './use-reporter.ts';
import styles from './report.module.css';

/** Name, phone and what else tells who reports; `off` is the code of the health fact when nothing of it can be kept. */
export function ReporterFields({ form, off }: { readonly form: ReporterForm; readonly off: string | null }) {
  const { t } = useWords();
  const { draft, change, isPhoneWrong } = form;
  const isDisabled = off !== null;
  return (
    <fieldset className={styles.reporter}>
      <legend className={styles.grid}>
        {t('reporter.title')}
        {t('reporter.optional')}
      </legend>
      <Field
        label={t('reporter.name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        maxLength={80}
        isDisabled={isDisabled}
      />
      <Field
        label={t('reporter.phone')}
        value={draft.phone}
        onChange={(phone) => change({ phone })}
        maxLength={40}
        inputMode="tel"
        problem={isPhoneWrong ? t('reporter.badPhone') : null}
        isDisabled={isDisabled}
      />
      <Field
        label={t('reporter.note')}
        value={draft.note}
        onChange={(note) => change({ note })}
        maxLength={500}
        isDisabled={isDisabled}
      />
      {off === null ? null : (
        <div className={styles.whole}>
          <Notice kind="note" title={t(`facts.${off}` as 'facts.people_no_secret')} />
        </div>
      )}
    </fieldset>
  );
}
