import { monthDay, shortTime, span } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import type { TableColumn } from './table-info.ts';
import { rowDifference } from './row-difference.ts';
import { useCellWords } from './use-cell-words.ts';
import type { Preview, RulesPreview } from './use-preview.ts';
import styles from './rule-tables.module.css';

const MOST_MOVES = 200;

/** What adopting would change: counts, deadlines of open cases, rows. */
export function PreviewView({
  preview,
  isOld,
  columns,
  onRun,
}: {
  readonly preview: Preview | null;
  readonly isOld: boolean;
  readonly columns: readonly TableColumn[];
  readonly onRun: () => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  if (preview === null) {
    return (
      <Empty title={t('rules.previewNone')} hint={t('rules.previewNoneHint')}>
        <Button onPress={onRun}>{t('rules.preview')}</Button>
      </Empty>
    );
  }
  if (preview.state === 'loading') return <Empty title={t('rules.previewing')} />;
  if (preview.result === null) {
    const reason = preview.error === null ? '' : errorWords(preview.error).title;
    return (
      <Empty title={t('rules.failed', { reason })}>
        <Button onPress={onRun}>{t('rules.retry')}</Button>
      </Empty>
    );
  }
  return (
    <div className={styles.preview}>
      {isOld ? (
        <Notice kind="note" title={t('rules.previewOld')}>
          <Button size="small" onPress={onRun}>
            {t('rules.preview')}
          </Button>
        </Notice>
      ) : null}
      <Counts result={preview.result} />
      <Moves result={preview.result} />
      <ChangedRows result={preview.result} columns={columns} />
    </div>
  );
}

function Counts({ result: { counts, changedRows } }: { readonly result: RulesPreview }) {
  const { t } = useWords();
  return (
    <dl className={styles.counts}>
      <div>
        <dt>{t('rules.changedRows')}</dt>
        <dd>{changedRows.length}</dd>
      </div>
      {counts === null ? (
        <p className={styles.quiet}>{t('rules.previewFaulty')}</p>
      ) : (
        <>
          <div>
            <dt>{t('rules.open_cases')}</dt>
            <dd>{counts.open}</dd>
          </div>
          <div>
            <dt>{t('rules.moved')}</dt>
            <dd>{counts.moved}</dd>
          </div>
          <div>
            <dt>{t('rules.overdue')}</dt>
            <dd>
              {counts.overdueBefore} → {counts.overdueAfter}
            </dd>
          </div>
        </>
      )}
    </dl>
  );
}

function Moves({ result: { moves } }: { readonly result: RulesPreview }) {
  const { t, language } = useWords();
  const now = useNow(60_000);
  if (moves === null) return null;
  if (moves.length === 0) {
    return (
      <p className={styles.quiet}>
        {t('rules.noMoves')} · {t('rules.closedUntouched')}
      </p>
    );
  }
  return (
    <table className={styles.moves}>
      <caption>
        <b>{t('rules.movesTitle')}</b> {t('rules.closedUntouched')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('rules.caseNumber')}</th>
          <th scope="col">{t('rules.clock')}</th>
          <th scope="col">{t('rules.before')}</th>
          <th scope="col">{t('rules.after')}</th>
          <th scope="col" className={styles.right}>
            {t('rules.change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {moves.slice(0, MOST_MOVES).map(({ caseId, clock, dueBefore, dueAfter }) => (
          <tr key={`${caseId} ${clock}`}>
            <td title={caseId}>{shortNumber(caseId)}</td>
            <td>{isClock(clock) ? t(`ledger.clocks.${clock}`) : clock}</td>
            <td>{dayAndTime(dueBefore)}</td>
            <td>{dayAndTime(dueAfter)}</td>
            <td className={styles.right}>
              {dueBefore > now && dueAfter <= now ? <b className={styles.late}>{t('rules.becomesOverdue')}</b> : null}{' '}
              {dueAfter < dueBefore ? '−' : '+'}
              {span(dueAfter - dueBefore, language)}
            </td>
          </tr>
        ))}
      </tbody>
      {moves.length > MOST_MOVES ? (
        <tfoot>
          <tr>
            <td colSpan={5}>{t('rules.moreMoves', { count: moves.length - MOST_MOVES })}</td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}

/** `1124-0026`: cases of several days stand in one list. */
function shortNumber(id: string): string {
  return /^\d{14}$/.test(id) ? `${id.slice(4, 8)}-${id.slice(-4)}` : id;
}

/** Always with its day: before and after stand side by side. */
function dayAndTime(at: number): string {
  return `${monthDay(at)} ${shortTime(at)}`;
}

const clocks = ['register', 'verify', 'dispatch', 'handle', 'check'] as const;

function isClock(clock: string): clock is (typeof clocks)[number] {
  return clocks.some((name) => name === clock);
}

function ChangedRows({
  result: { changedRows },
  columns,
}: {
  readonly result: RulesPreview;
  readonly columns: readonly TableColumn[];
}) {
  const { t } = useWords();
  const words = useCellWords();
  if (changedRows.length === 0) return null;
  return (
    <section>
      <h4 className={styles.sideTitle}>{t('rules.changedRowsTitle')}</h4>
      <ul className={styles.changes}>
        {changedRows.slice(0, MOST_MOVES).map((change) => (
          <li key={`${change.row} ${change.after === null}`}>
            <b>{t('rules.problemAt', { row: change.row })}</b>{' '}
            {change.before === null ? <i className={styles.tag}>{t('rules.rowAdded')}</i> : null}
            {change.after === null ? <i className={styles.tag}>{t('rules.rowGone')}</i> : null}{' '}
            {rowDifference(
              change,
              columns.map(({ id }) => id),
            ).map(({ id, before, after }) => {
              const column = columns.find((one) => one.id === id);
              return (
                <span key={id} className={styles.change}>
                  {column === undefined ? id : words.label(column.label)}{' '}
                  {before === null ? null : `${words.shown(before, column) || '–'} → `}
                  <b>{words.shown(after, column) || '–'}</b>
                </span>
              );
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
