import { useEffect, useState } from 'react';
import type { InputOf, OutputOf } from '#contract/api.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { useReasonWords } from './use-reason-words.ts';
import styles from './merge.module.css';

/** A report that is being written, as far as it goes. */
type ReportDraft = Exclude<InputOf<'case.duplicates'>, { readonly id: string }>;

const REST_MS = 400;
const SHOWN = 3;
/** Fewer characters describe anything. */
const TELLING = 4;

/** While a report is written: what may be the same matter already. Quiet as long as nothing is likely. */
export function DuplicateHint({
  draft,
  onOpen,
}: {
  readonly draft: ReportDraft;
  readonly onOpen: (caseId: string) => void;
}) {
  const { t } = useWords();
  const reasonWords = useReasonWords();
  const client = useClient();
  const [found, setFound] = useState<OutputOf<'case.duplicates'>['candidates']>([]);
  const isTelling =
    draft.description.length >= TELLING || (typeof draft.lon === 'number' && draft.classRef !== undefined);
  const asked = isTelling ? JSON.stringify(draft) : null;
  useEffect(() => {
    setFound([]);
    if (asked === null) return;
    const controller = new AbortController();
    const ask = async () => {
      const outcome = await client.call('case.duplicates', JSON.parse(asked) as ReportDraft, controller);
      if (!controller.signal.aborted) setFound(outcome.ok ? outcome.value.candidates : []);
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, asked]);
  if (found.length === 0) return null;
  return (
    <div className={styles.hint} role="status">
      <b>{t('merge.hint')}</b>
      {found.slice(0, SHOWN).map(({ id, row, reasons }) => (
        <span key={id} className={styles.line}>
          <b>{id.slice(-4)}</b>
          <span>{row.className}</span>
          <span className={styles.cut}>{reasons.map(reasonWords).join(' · ')}</span>
          <span className={styles.end}>
            <Button size="small" onPress={() => onOpen(id)}>
              {t('merge.hintOpen')}
            </Button>
          </span>
        </span>
      ))}
      {found.length > SHOWN ? (
        <span className={styles.dim}>{t('merge.hintMore', { count: found.length - SHOWN })}</span>
      ) : null}
    </div>
  );
}
