import { useRef, useState, type FormEvent } from 'react';
import type { CaseDetail, CaseRow, Receipt } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { moment } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { mergeEffect } from './comparison.ts';
import styles from './merge.module.css';

/** What the merge will do, its reason, and the sending. It can be taken apart again, so nothing asks twice. */
export function MergeForm({
  detail,
  chosen,
  onMerged,
}: {
  readonly detail: CaseDetail;
  readonly chosen: readonly CaseRow[];
  readonly onMerged: (receipt: Receipt) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const now = useNow(60_000);
  const [reason, setReason] = useState<string>(t('merge.reasonPreset'));
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const effect = mergeEffect(detail, chosen);
  const commandId = useRef({ of: '', id: '' });
  const refusal = detail.actions.find(({ action }) => action === 'merge')?.refusal ?? null;
  const canSend = effect.ids.length > 0 && reason.trim() !== '' && !isSending && refusal === null;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!canSend) return;
    // The same merge sent again keeps its id; another one is another command.
    const of = JSON.stringify([detail.id, effect.ids, reason.trim()]);
    if (commandId.current.of !== of) commandId.current = { of, id: crypto.randomUUID() };
    setSending(true);
    setError(null);
    const outcome = await client.call('case.merge', {
      ...{ commandId: commandId.current.id, id: detail.id, expectedVersion: detail.version },
      ...{ ids: [...effect.ids], reason: reason.trim() },
    });
    setSending(false);
    if (outcome.ok) return onMerged(outcome.value);
    setError(outcome.error);
  };

  return (
    <form className={styles.form} onSubmit={(event) => void send(event)} aria-label={t('merge.title')}>
      <div className={styles.effect} role="status">
        <b>{t('merge.effect')}</b>
        {effect.ids.length === 0 ? (
          <span className={styles.dim}>{t('merge.chooseFirst')}</span>
        ) : (
          <>
            <span>{t('merge.effectReports', { count: effect.reports })}</span>
            <span>
              {effect.earliest === null
                ? t('merge.effectNoDue')
                : t('merge.effectDue', {
                    time: moment(effect.earliest.at, now),
                    number: effect.earliest.caseId.slice(-4),
                  })}
            </span>
            <span>{t('merge.effectSingle', { count: effect.ids.length })}</span>
          </>
        )}
        {effect.leftOut === 0 ? null : <span>{t('merge.leftOut', { count: effect.leftOut })}</span>}
      </div>
      {refusal === null ? null : (
        <Notice kind="note" title={t('merge.notAllowed', { reason: errorWords(refusal).title })} />
      )}
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      <div className={styles.sendLine}>
        <Field label={t('merge.reason')} value={reason} onChange={setReason} maxLength={2_000} />
        <Button type="submit" kind="primary" isDisabled={!canSend}>
          {isSending ? t('merge.sending') : t('merge.merge', { count: effect.ids.length })}
        </Button>
      </div>
    </form>
  );
}
