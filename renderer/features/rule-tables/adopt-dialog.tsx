import { useEffect, useState, type FormEvent } from 'react';
import type { WireError } from '#contract/errors.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { changedCount } from './table-draft.ts';
import { contentOf } from './table-info.ts';
import { useCellWords } from './use-cell-words.ts';
import type { Preview } from './use-preview.ts';
import type { OpenTable } from './use-rule-tables.ts';
import styles from './rule-tables.module.css';

/** Adopting is publishing: its effects are seen first, the reason is written, and Enter alone cancels (K7). */
export function AdoptDialog({
  table,
  preview,
  onPreview,
  onAdopted,
  onRefused,
  onClose,
}: {
  readonly table: OpenTable;
  readonly preview: Preview | null;
  readonly onPreview: () => void;
  readonly onAdopted: (version: string) => void;
  /** A newer version, or faults that the host found: the draft is kept. */
  readonly onRefused: (error: WireError) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const words = useCellWords();
  const client = useClient();
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const { info, draft } = table;
  const isSeen = preview?.rows === draft.rows && preview.result !== null;
  const hasAsked = preview?.rows === draft.rows;
  useEffect(() => {
    if (!hasAsked) onPreview();
    // Once, when the dialog opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const send = async () => {
    setSending(true);
    setError(null);
    const content = contentOf(info.name, info.columns, draft.rows);
    const outcome = await client.call('tables.adopt', { content, note: note.trim(), expectedVersion: draft.version });
    setSending(false);
    if (outcome.ok) return onAdopted(outcome.value.version);
    if (outcome.error.code === 'stale' || outcome.error.code === 'bad_table') return onRefused(outcome.error);
    setError(outcome.error);
  };
  const counts = preview?.result?.counts ?? null;
  const summary =
    counts === null
      ? t('rules.adoptPlain', { rows: changedCount(draft) })
      : t('rules.adoptSummary', {
          rows: preview?.result?.changedRows.length ?? changedCount(draft),
          ...{ open: counts.open, moved: counts.moved },
          ...{ before: counts.overdueBefore, after: counts.overdueAfter },
        });
  return (
    <Dialog title={t('rules.adoptTitle', { table: words.label(info.label) })} isBusy={isSending} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onClose();
        }}
      >
        {preview?.state === 'failed' && preview.error !== null ? (
          <Notice kind="problem" title={errorWords(preview.error).title}>
            <Button size="small" onPress={onPreview}>
              {t('rules.retry')}
            </Button>
          </Notice>
        ) : (
          <p role="status">{isSeen ? summary : t('rules.adoptUnseen')}</p>
        )}
        <p className={styles.quietLine}>{t('rules.closedUntouched')}</p>
        <Field label={t('rules.adoptNote')} isMultiline value={note} onChange={setNote} maxLength={2_000} />
        {error === null ? null : (
          <Notice kind="problem" title={errorWords(error).title}>
            {errorWords(error).remedy}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button type="submit" autoFocus>
            {t('rules.cancel')}
          </Button>
          <Button kind="primary" isDisabled={!isSeen || note.trim() === '' || isSending} onPress={() => void send()}>
            {isSending ? t('rules.adopting') : t('rules.adoptYes')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
