import { useState } from 'react';
import type { CaseDetail, Receipt } from '#contract/cases.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useChoice } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { CandidateList } from './candidate-list.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { MergeForm } from './merge-form.tsx';
import { MergedReports } from './merged-reports.tsx';
import { SpotHistory } from './spot-history.tsx';
import { useDuplicates } from './use-same-cause.ts';
import styles from './merge.module.css';

/** So many cases stand side by side with the case in hand. */
const MOST_COMPARED = 3;

/** 同因并案: what may have the same cause as the case in hand, compared, merged and taken apart. */
export function MergeDesk({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const detail = useChoice((state) => state.detail);
  const selectedId = useChoice((state) => state.selectedId);
  useCommand('back', () => onClose());
  return (
    <section className={styles.tool} aria-label={t('merge.open')}>
      <header className={styles.toolHead}>
        <h2>{t('merge.open')}</h2>
        {detail === null || detail.id !== selectedId ? null : (
          <span className={styles.dim}>
            <b>{detail.id.slice(-4)}</b> {detail.className} · {detail.address}
          </span>
        )}
        <Button size="small" shortcut={keyOf('back')} onPress={onClose}>
          {t('merge.close')}
        </Button>
      </header>
      {detail === null || detail.id !== selectedId ? (
        <Empty title={t('merge.noCase')} hint={t('merge.noCaseHint')} />
      ) : (
        <Workbench key={detail.id} detail={detail} />
      )}
    </section>
  );
}

function Workbench({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const { answer, error, reload } = useDuplicates(detail.id, detail.version);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [status, setStatus] = useState('');
  const candidates = (answer?.candidates ?? []).filter(({ id }) => !detail.merged.some(({ caseId }) => caseId === id));
  const chosen = candidates.filter(({ id }) => marked.has(id)).map(({ row }) => row);
  const compared = (chosen.length === 0 ? candidates.map(({ row }) => row).slice(0, 1) : chosen).slice(
    0,
    MOST_COMPARED,
  );
  const done = (text: string) => {
    setMarked(new Set());
    setStatus(text);
    reload();
  };
  return (
    <div className={styles.panes}>
      <div className={styles.left}>
        <h3 className={styles.sectionHead}>
          <b>{t('merge.candidates')}</b>
          <span>{t('merge.candidatesHint')}</span>
          {answer?.isWhole === false && candidates.length > 0 ? <span>{t('merge.stillReading')}</span> : null}
          {answer?.isPlaceholder === true ? <span className={styles.end}>{t('merge.placeholder')}</span> : null}
        </h3>
        {answer === null && error === null ? <Empty title={t('merge.loading')} /> : null}
        {error === null ? null : (
          <Empty title={t('merge.failed', { reason: errorWords(error).title })} hint={errorWords(error).remedy}>
            <Button onPress={reload}>{t('merge.retry')}</Button>
          </Empty>
        )}
        {answer !== null && candidates.length === 0 ? (
          <Empty title={t('merge.none')} hint={answer.isWhole ? t('merge.noneHint') : t('merge.stillReading')} />
        ) : null}
        {candidates.length === 0 ? null : <CandidateList candidates={candidates} marked={marked} onMark={setMarked} />}
        <SpotHistory detail={detail} />
      </div>
      <div className={styles.right}>
        {status === '' ? null : <Notice kind="note" title={status} />}
        <div className={styles.compared} tabIndex={0} role="group" aria-label={t('merge.compared')}>
          <ComparisonTable rows={[detail, ...compared]} />
          <MergedReports
            detail={detail}
            onUnmerged={({ sequence }: Receipt) => done(t('merge.unmerged', { sequence }))}
          />
        </div>
        <MergeForm detail={detail} chosen={chosen} onMerged={({ sequence }) => done(t('merge.merged', { sequence }))} />
      </div>
    </div>
  );
}
