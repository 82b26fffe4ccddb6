import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import styles from './act-form.module.css';

/** 删除来电人信息: a reason, then a question whose first answer is to leave it. */
export function EraseForm({
  caseId,
  onDone,
  onCancel,
}: {
  readonly caseId: string;
  readonly onDone: (receipt: Receipt) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const [phase, setPhase] = useState<'edit' | 'confirm' | 'sending'>('edit');
  const [error, setError] = useState<WireError | null>(null);
  const questionRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (phase === 'confirm') questionRef.current?.querySelector('button')?.focus();
  }, [phase]);
  const erase = async () => {
    setPhase('sending');
    const outcome = await client.call('person.erase', { caseId, reason: reason.trim() });
    setPhase('edit');
    if (outcome.ok) onDone(outcome.value);
    else setError(outcome.error);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (phase === 'edit' && reason.trim() !== '') setPhase('confirm');
  };
  return (
    <form
      className={styles.form}
      aria-label={t('reporter.erase')}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (phase === 'confirm') setPhase('edit');
        else onCancel();
      }}
    >
      <h3 className={styles.title}>{t('reporter.erase')}</h3>
      <Field
        label={t('reporter.eraseReason')}
        note={t('reporter.reasonNote')}
        value={reason}
        onChange={(text) => {
          setPhase('edit');
          setReason(text);
        }}
        maxLength={200}
        autoFocus
      />
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {phase === 'confirm' ? (
        <div ref={questionRef} className={styles.buttons} role="alertdialog" aria-label={t('reporter.eraseTitle')}>
          <b>{t('reporter.eraseTitle')}</b>
          <Button onPress={() => setPhase('edit')}>{t('acts.cancel')}</Button>
          <Button onPress={() => void erase()}>{t('reporter.eraseConfirm')}</Button>
        </div>
      ) : (
        <div className={styles.buttons}>
          <Button type="submit" kind="primary" isDisabled={reason.trim() === '' || phase === 'sending'}>
            {phase === 'sending' ? t('acts.sending') : t('acts.submit', { action: t('reporter.erase') })}
          </Button>
          <Button onPress={onCancel}>{t('acts.cancel')}</Button>
        </div>
      )}
    </form>
  );
}
