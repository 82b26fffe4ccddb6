import type { ImportReport, RowRemark } from '#contract/imports.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import styles from './import.module.css';

const SHOWN = 200;

/** What an import did, and every row that was refused or is doubtful. */
export function ReportView({
  report,
  refusedCount = report.refused.length,
  warningCount = report.warnings.length,
}: {
  readonly report: Pick<
    ImportReport,
    'rows' | 'accepted' | 'known' | 'refused' | 'warnings' | 'refusedFile' | 'isDryRun' | 'isCancelled'
  >;
  /** Where the report holds only the first remarks. */
  readonly refusedCount?: number;
  readonly warningCount?: number;
}) {
  const { t } = useWords();
  const figures = {
    rows: count(report.rows),
    accepted: count(report.accepted),
    known: count(report.known),
    refused: count(refusedCount),
    warnings: count(warningCount),
  };
  return (
    <>
      <Notice kind="note" title={t('import.result', figures)}>
        {report.isDryRun ? t('import.dryRunResult') : report.isCancelled ? t('import.cancelled') : ''}
      </Notice>
      <Remarks title={t('import.refusedRows')} remarks={report.refused} total={refusedCount} />
      {report.refusedFile === null ? null : (
        <p className={styles.note}>{t('import.refusedFile', { file: report.refusedFile })}</p>
      )}
      <Remarks title={t('import.doubtfulRows')} remarks={report.warnings} total={warningCount} />
    </>
  );
}

function Remarks({
  title,
  remarks,
  total,
}: {
  readonly title: string;
  readonly remarks: readonly RowRemark[];
  readonly total: number;
}) {
  const { t } = useWords();
  if (remarks.length === 0) return null;
  return (
    <div className={styles.table} tabIndex={0} role="group" aria-label={title}>
      <table>
        <caption>
          {title} {count(total)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('import.row')}</th>
            <th scope="col">{t('import.field')}</th>
            <th scope="col">{t('import.reason')}</th>
            <th scope="col">{t('import.value')}</th>
          </tr>
        </thead>
        <tbody>
          {remarks.slice(0, SHOWN).map(({ row, field, reason, value }, index) => (
            <tr key={index}>
              <td>{row}</td>
              <td>{t([`import.fields.${field}`, field] as unknown as 'import.fields.row')}</td>
              <td>{reasonText(reason)}</td>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > SHOWN ? <p>{t('import.moreRows', { count: total - Math.min(SHOWN, remarks.length) })}</p> : null}
    </div>
  );

  function reasonText(reason: string): string {
    return t([`import.reasons.${reason}`, `errors.${reason}.0`, reason] as unknown as 'import.reasons.field_count');
  }
}
