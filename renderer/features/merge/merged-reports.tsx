import { useState, type FormEvent } from 'react';
import type { CaseDetail, Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { moment } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import styles from './merge.module.css';

/** Reports that the case holds, and the way back: 拆案 makes one a case of its own again. */
export function MergedReports({
  detail,
  onUnmerged,
}: {
  readonly detail: CaseDetail;
  readonly onUnmerged: (receipt: Receipt) => void;
}) {
  const { t } = useWords();
  const now = useNow(60_000);
  const [apart, setApart] = useState<string | null>(null);
  return (
    <section className={styles.mergedList} aria-label={t('merge.mergedTitle')}>
      <h3 className={styles.sectionHead}>
        <b>{t('merge.mergedTitle')}</b>
        <span>{t('merge.reports', { count: detail.merged.length })}</span>
      </h3>
      {detail.merged.length === 0 ? <p className={styles.quiet}>{t('merge.mergedNone')}</p> : null}
      <ul>
        {detail.merged.map((report) => (
          <li key={report.caseId}>
            <span className={styles.line}>
              <b>{report.caseId.slice(-4)}</b>
              <span className={styles.dim}>
                {t(`sources.${report.source}`)} · {moment(report.reportedAt, now)}
              </span>
              <span className={styles.cut}>{report.description}</span>
              <span className={styles.end}>
                {report.handleDueAt === null ? '' : `${t('merge.facts.dueAt')} ${moment(report.handleDueAt, now)}`}
              </span>
              <Button size="small" onPress={() => setApart(apart === report.caseId ? null : report.caseId)}>
                {t('merge.unmerge')}
              </Button>
            </span>
            {apart === report.caseId ? (
              <UnmergeForm
                detail={detail}
                mergedId={report.caseId}
                onCancel={() => setApart(null)}
                onDone={(receipt) => {
                  setApart(null);
                  onUnmerged(receipt);
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UnmergeForm({
  detail,
  mergedId,
  onDone,
  onCancel,
}: {
  readonly detail: CaseDetail;
  readonly mergedId: string;
  readonly onDone: (receipt: Receipt) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [reason, setReason] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const [commandId] = useState(() => crypto.randomUUID());
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '' || isSending) return;
    setSending(true);
    const outcome = await client.call('case.unmerge', { commandId, id: detail.id, mergedId, reason: reason.trim() });
    setSending(false);
    if (outcome.ok) return onDone(outcome.value);
    setError(outcome.error);
  };
  return (
    <form
      className={styles.sendLine}
      aria-label={t('merge.unmerge')}
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.keyCode === 229) return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <Field
        label={t('merge.unmergeReason')}
        value={reason}
        onChange={setReason}
        maxLength={2_000}
        autoFocus
        problem={error === null ? null : errorWords(error).title}
      />
      <Button type="submit" kind="primary" isDisabled={reason.trim() === '' || isSending}>
        {isSending ? t('merge.sending') : t('merge.unmerge')}
      </Button>
      <Button onPress={onCancel}>{t('merge.cancel')}</Button>
    </form>
  );
}
