import type { CaseRow } from '#contract/cases.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { useNow } from '#renderer/state/use-live.ts';
import { compareFacts, handleDue, type ComparedFact } from './comparison.ts';
import { useHolderName } from './use-holder-name.ts';
import styles from './merge.module.css';

/** The case in hand beside others, fact by fact; what differs is marked, what is the same steps back. */
export function ComparisonTable({ rows }: { readonly rows: readonly CaseRow[] }) {
  const { t } = useWords();
  const { areas } = useDesk();
  const holderName = useHolderName();
  const now = useNow(60_000);
  return (
    <table className={styles.comparison}>
      <thead>
        <tr>
          <th scope="col">{t('merge.fact')}</th>
          {rows.map((row, index) => (
            <th key={row.id} scope="col">
              <b>{row.id.slice(-4)}</b> {index === 0 ? t('merge.own') : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {compareFacts(rows).map(({ fact, differs }) => (
          <tr key={fact}>
            <th scope="row">{t(`merge.facts.${fact}`)}</th>
            {rows.map((row, index) => (
              <td key={row.id} data-own={index === 0} data-differs={differs[index]}>
                {differs[index] === true ? (
                  <span className={styles.differs} role="img" aria-label={t('merge.differs')}>
                    ≠
                  </span>
                ) : null}
                {textOf(row, fact)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );

  function textOf(row: CaseRow, fact: ComparedFact): string {
    switch (fact) {
      case 'state':
        return t(`states.${row.state}`);
      case 'class':
        return `${row.className} ${row.classCode}`;
      case 'address':
        return row.address;
      case 'grid':
        return row.gridCode === null ? '–' : `${areas.names(row.gridCode).slice(0, 2).join(' ')} ${row.gridCode}`;
      case 'description':
        return row.description;
      case 'source':
        return t(`sources.${row.source}`);
      case 'reportedAt':
        return moment(row.reportedAt, now);
      case 'holder':
        return holderName(row.holderUnit);
      case 'dueAt': {
        const due = handleDue(row);
        return due === null ? t('merge.noDue') : moment(due, now);
      }
      case 'mergedCount':
        return t('merge.reports', { count: row.mergedCount });
    }
  }
}
