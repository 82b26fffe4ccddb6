import { useEffect, useState } from 'react';
import type { OutputOf } from '#contract/api.ts';
import type { TableProblem } from '#contract/reference.ts';
import type { WireError } from '#contract/errors.ts';
import type { TableName } from '#domain/reference/table-names.ts';
import { useClient } from '#renderer/client/hooks.tsx';
import { fullTime } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Empty } from '#renderer/ui/empty.tsx';
import type { TableColumn } from './table-info.ts';
import { useCellWords } from './use-cell-words.ts';
import styles from './rule-tables.module.css';

/** Every fault and hint with its place; choosing one goes to the cell. */
export function ProblemList({
  problems,
  isWhole,
  columns,
  onGo,
}: {
  readonly problems: readonly TableProblem[];
  readonly isWhole: boolean;
  readonly columns: readonly TableColumn[];
  readonly onGo: (problem: TableProblem) => void;
}) {
  const { t } = useWords();
  const words = useCellWords();
  return (
    <>
      {isWhole ? null : (
        <p className={styles.quiet} role="status">
          {t('rules.checking')}
        </p>
      )}
      {problems.length === 0 && isWhole ? (
        <Empty title={t('rules.noProblems')} hint={t('rules.noProblemsHint')} />
      ) : null}
      <ul className={styles.problems}>
        {problems.map((problem) => {
          const column = columns.find(({ id }) => id === problem.column);
          return (
            <li key={`${problem.row} ${problem.column} ${problem.code} ${problem.value}`}>
              <button type="button" onClick={() => onGo(problem)}>
                <span className={styles.problemPlace}>
                  <b data-severity={problem.severity}>{t(`rules.${problem.severity}`)}</b>
                  <span>{problem.row < 2 ? t('rules.wholeTable') : t('rules.problemAt', { row: problem.row })}</span>
                  <span>{column === undefined ? problem.column : words.label(column.label)}</span>
                  {problem.value === '' ? null : <code className={styles.value}>{problem.value}</code>}
                </span>
                <span>{words.problem(problem)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

type Versions = OutputOf<'tables.history'>['versions'];

/** Versions of a table: who adopted each, when and why. */
export function VersionList({ name, version }: { readonly name: TableName; readonly version: string }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const client = useClient();
  const [versions, setVersions] = useState<Versions | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    void client.call('tables.history', { name }, controller).then((outcome) => {
      if (controller.signal.aborted) return;
      if (outcome.ok) setVersions(outcome.value.versions);
      setError(outcome.ok ? null : outcome.error);
    });
    return () => controller.abort();
    // Another version in force is another history.
  }, [client, name, version]);
  if (error !== null) return <Empty title={t('rules.failed', { reason: errorWords(error).title })} />;
  if (versions === null) return <Empty title={t('rules.historyLoading')} />;
  return (
    <ol className={styles.versions}>
      {versions.map((one) => (
        <li key={one.version}>
          <span className={styles.problemPlace}>
            <b>{one.adoptedAt === null ? t('rules.shipped') : fullTime(one.adoptedAt)}</b>
            <span>{one.isDefault ? '' : one.adoptedBy}</span>
            {one.isInForce ? <i className={styles.tag}>{t('rules.inForce')}</i> : null}
          </span>
          {one.note === '' ? null : <span>{one.note}</span>}
          <span className={styles.versionName}>{one.version}</span>
        </li>
      ))}
    </ol>
  );
}
