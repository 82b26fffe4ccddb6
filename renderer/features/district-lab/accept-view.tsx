import { useState, type FormEvent } from 'react';
import type { DistrictReport } from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import { isDay } from '#domain/reference/day.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { count, dayText } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import styles from './district-lab.module.css';

/** Accepting is publishing: name, day and reason are written, what remains wrong is said, and Enter alone cancels (K7). */
export function AcceptView({
  report,
  problems,
  onVersions,
}: {
  readonly report: DistrictReport;
  readonly problems: number;
  readonly onVersions: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const { district, now } = useDesk();
  const today = dayText(now());
  const [draft, setDraft] = useState({ name: district.name, effectiveFrom: '', approvalNumber: '', note: '' });
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const [doneDay, setDoneDay] = useState<string | null>(null);
  if (report.levels.length === 0) {
    return (
      <div className={styles.body}>
        <Notice kind="problem" title={t('lab.accept.unchecked')} />
      </div>
    );
  }
  const isGoodDay = isDay(draft.effectiveFrom) && draft.effectiveFrom >= today;
  const isReady = isGoodDay && draft.name.trim() !== '' && draft.note.trim() !== '';
  const write = (change: Partial<typeof draft>) => {
    setDoneDay(null);
    setDraft((before) => ({ ...before, ...change }));
  };
  const send = async () => {
    setSending(true);
    setError(null);
    const outcome = await client.call('district.accept', { examinationId: report.examinationId, ...draft });
    setSending(false);
    setAsking(false);
    if (outcome.ok) setDoneDay(draft.effectiveFrom);
    else setError(outcome.error);
  };
  return (
    <form
      className={styles.body}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isReady) setAsking(true);
      }}
    >
      <h3 className={styles.title}>{t('lab.accept.title')}</h3>
      <p className={styles.quiet}>{t('lab.accept.what')}</p>
      <div className={styles.fields}>
        <Field label={t('lab.accept.name')} value={draft.name} maxLength={80} onChange={(name) => write({ name })} />
        <Field
          label={t('lab.accept.day')}
          note={t('lab.accept.dayHint')}
          value={draft.effectiveFrom}
          onChange={(effectiveFrom) => write({ effectiveFrom: effectiveFrom.trim() })}
          problem={draft.effectiveFrom === '' || isGoodDay ? null : t('lab.accept.badDay', { today })}
        />
        <Field
          label={t('lab.accept.approval')}
          note={t('lab.accept.approvalHint')}
          value={draft.approvalNumber}
          maxLength={80}
          onChange={(approvalNumber) => write({ approvalNumber })}
        />
        <Field
          label={t('lab.accept.note')}
          isMultiline
          value={draft.note}
          maxLength={2_000}
          onChange={(note) => write({ note })}
        />
      </div>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {doneDay === null ? null : (
        <Notice kind="note" title={t('lab.accept.done', { day: doneDay })}>
          <Button size="small" onPress={onVersions}>
            {t('lab.view.versions')}
          </Button>
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" isDisabled={!isReady || doneDay !== null}>
          {t('lab.accept.send')}
        </Button>
      </div>
      {isAsking ? (
        <Dialog
          title={t('lab.accept.confirmTitle', { name: draft.name, day: draft.effectiveFrom })}
          isBusy={isSending}
          onClose={() => setAsking(false)}
        >
          <p>
            {problems === 0 ? t('lab.accept.confirmClean') : t('lab.accept.confirmDirty', { number: count(problems) })}
          </p>
          <p className={styles.quiet}>{t('lab.accept.what')}</p>
          <div className={styles.buttons}>
            <Button autoFocus isDisabled={isSending} onPress={() => setAsking(false)}>
              {t('lab.accept.back')}
            </Button>
            <Button kind="primary" isDisabled={isSending} onPress={() => void send()}>
              {isSending ? t('lab.accept.sending') : t('lab.accept.confirm')}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </form>
  );
}
