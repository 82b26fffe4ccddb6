import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Duplicates } from '#contract/same-cause.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { useReasonWords } from './use-reason-words.ts';
import styles from './merge.module.css';

type Candidate = Duplicates['candidates'][number];

/** Likely duplicates, best first, each with its reasons. Space or a click marks. */
export function CandidateList({
  candidates,
  marked,
  onMark,
}: {
  readonly candidates: readonly Candidate[];
  readonly marked: ReadonlySet<string>;
  readonly onMark: (marked: ReadonlySet<string>) => void;
}) {
  const { t } = useWords();
  const reasonWords = useReasonWords();
  const now = useNow(60_000);
  return (
    <ListBox
      aria-label={t('merge.candidates')}
      className={styles.candidates ?? ''}
      items={candidates}
      selectionMode="multiple"
      selectionBehavior="toggle"
      autoFocus
      selectedKeys={marked}
      onSelectionChange={(keys) =>
        onMark(new Set(keys === 'all' ? candidates.map(({ id }) => id) : [...keys].map(String)))
      }
      dependencies={[now, t]}
    >
      {({ id, row, score, isStrong, reasons }) => (
        <ListBoxItem id={id} textValue={`${id.slice(-4)} ${row.className}`} className={styles.candidate ?? ''}>
          {({ isSelected }) => (
            <>
              <span className={styles.box} aria-hidden="true" data-checked={isSelected} />
              <span className={styles.candidateText}>
                <span className={styles.line}>
                  <b>{id.slice(-4)}</b>
                  <span>{row.className}</span>
                  <span className={styles.end}>{moment(row.reportedAt, now)}</span>
                </span>
                <span className={styles.line}>
                  <span className={styles.dim}>
                    {row.closedAt === null ? t(`states.${row.state}`) : t('merge.closedCase')}
                  </span>
                  <span className={styles.cut}>{row.description}</span>
                </span>
                <span className={styles.reasons}>
                  <i className={styles.tag} data-strong={isStrong}>
                    {isStrong ? t('merge.strong') : t('merge.possible')}
                  </i>
                  {reasons.map((reason) => (
                    <span key={reason.kind}>{reasonWords(reason)}</span>
                  ))}
                  <span className={styles.end}>{t('merge.score', { share: Math.round(score * 100) })}</span>
                </span>
              </span>
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}
