import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { CaseDetail } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { revealedForMs, type RevealedPerson } from '#contract/people.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import styles from './case-desk.module.css';

type Reporter = NonNullable<CaseDetail['reporter']>;

/** Who reported: masked, and in plain words for a minute to whoever says why. */
export function ReporterLine({ caseId, reporter }: { readonly caseId: string; readonly reporter: Reporter }) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  const [revealed, setRevealed] = useState<RevealedPerson | null>(null);
  const hide = useCallback(() => setRevealed(null), []);
  return (
    <>
      <dt>{t('reporter.title')}</dt>
      <dd>
        {revealed !== null && reporter.state === 'kept' ? (
          <Revealed person={revealed} onEnd={hide} />
        ) : (
          <span className={styles.factLine}>
            {masked()}
            {reporter.isConfidential ? <span className={styles.tag}>{t('reporter.confidential')}</span> : null}
            {reporter.state === 'kept' && !isAsking ? (
              <Button size="small" kind="quiet" onPress={() => setAsking(true)}>
                {t('reporter.show')}
              </Button>
            ) : null}
          </span>
        )}
        {isAsking && reporter.state === 'kept' ? (
          <RevealForm
            caseId={caseId}
            onShow={(person) => {
              setAsking(false);
              setRevealed(person);
            }}
            onCancel={() => setAsking(false)}
          />
        ) : null}
      </dd>
    </>
  );

  function masked(): string {
    if (reporter.state === 'erased') return t('reporter.erased', { time: fullTime(reporter.erasedAt ?? 0) });
    if (reporter.state === 'unreadable') return t('reporter.unreadable');
    if (reporter.state === 'off') return t('reporter.off');
    const parts = [reporter.name, reporter.phone, reporter.hasNote ? t('reporter.hasNote') : null];
    return parts.filter((part) => part !== null).join(' · ') || t('reporter.nothing');
  }
}

/** Hides itself when the host's time is up, and by this page's clock in any case: one that is set back gives no more time. */
function Revealed({ person, onEnd }: { readonly person: RevealedPerson; readonly onEnd: () => void }) {
  const { t } = useWords();
  const now = useNow(1_000);
  const seconds = Math.ceil((person.until - now) / 1_000);
  const isOver = seconds <= 0;
  useEffect(() => {
    if (isOver) onEnd();
  }, [isOver, onEnd]);
  useEffect(() => {
    const timer = setTimeout(onEnd, revealedForMs);
    return () => clearTimeout(timer);
  }, [person, onEnd]);
  if (isOver) return null;
  return (
    <span className={styles.factLine}>
      <b>{[person.name, person.phone, person.note].filter(Boolean).join(' · ')}</b>
      <span className={styles.barNote}>{t('reporter.hidesIn', { seconds })}</span>
      <Button size="small" kind="quiet" onPress={onEnd}>
        {t('reporter.hide')}
      </Button>
    </span>
  );
}

function RevealForm({
  caseId,
  onShow,
  onCancel,
}: {
  readonly caseId: string;
  readonly onShow: (person: RevealedPerson) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const errorWords = useErrorWords();
  const [reason, setReason] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '' || isSending) return;
    setSending(true);
    const outcome = await client.call('person.reveal', { caseId, reason: reason.trim() });
    setSending(false);
    if (outcome.ok) onShow(outcome.value);
    else setError(outcome.error);
  };
  return (
    <form
      className={styles.reporterForm}
      aria-label={t('actions.reveal_reporter')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <Field
        label={t('reporter.reason')}
        note={t('reporter.reasonNote')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        autoFocus
      />
      <Button type="submit" kind="primary" isDisabled={reason.trim() === '' || isSending}>
        {t('reporter.show')}
      </Button>
      <Button onPress={onCancel}>{t('acts.cancel')}</Button>
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
    </form>
  );
}
