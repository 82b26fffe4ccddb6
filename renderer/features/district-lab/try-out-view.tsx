import { useState } from 'react';
import type { TriedDistrict } from '#contract/district.ts';
import type { WireError } from '#contract/errors.ts';
import { count } from '#renderer/i18n/format.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { changeOf, loadColumns, loadRows, type LoadColumn, type LoadOrder } from './load-rows.ts';
import styles from './district-lab.module.css';

const periods = [30, 90, 365, 1_095] as const;
/** Rows in the document; the rest is found by code. */
const SHOWN = 200;
const numbers: readonly LoadColumn[] = ['before', 'after', 'change', 'openAfter'];

/** Past cases in the new grids: sums, and the work of each grid before and after as a sorted table. */
export function TryOutView({
  tried,
  canRun,
  onRun,
}: {
  readonly tried: TriedDistrict | null;
  readonly canRun: boolean;
  readonly onRun: (days: number) => Promise<WireError | null>;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const [days, setDays] = useState<string>('365');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const run = async () => {
    setRunning(true);
    setError(await onRun(Number(days)));
    setRunning(false);
  };
  return (
    <div className={styles.body}>
      <div className={styles.filters}>
        <Pick
          label={t('lab.tryOut.days')}
          isLabelHidden
          size="small"
          items={periods.map((period) => ({
            id: String(period),
            name: t('lab.tryOut.lastDays', { days: count(period) }),
          }))}
          value={days}
          onChange={setDays}
        />
        <Button size="small" kind="primary" isDisabled={!canRun || isRunning} onPress={() => void run()}>
          {isRunning ? t('lab.tryOut.running') : t('lab.tryOut.run')}
        </Button>
      </div>
      {canRun ? null : <Notice kind="problem" title={t('lab.doctor.nothingChecked')} />}
      {error === null ? null : (
        <Notice kind="problem" title={errorWords(error).title}>
          {errorWords(error).remedy}
        </Notice>
      )}
      {tried === null ? (
        <Empty title={t('lab.tryOut.none')} hint={t('lab.tryOut.noneHint')} />
      ) : (
        <Tried tried={tried} />
      )}
    </div>
  );
}

function Tried({ tried }: { readonly tried: TriedDistrict }) {
  const { t } = useWords();
  const [order, setOrder] = useState<LoadOrder>({ by: 'change', isDescending: true });
  const [text, setText] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(true);
  if (tried.cases === 0) return <Empty title={t('lab.tryOut.noCases')} />;
  const rows = loadRows(tried.grids, order, { text, onlyChanged });
  const sums = { cases: count(tried.cases), moved: count(tried.moved), open: count(tried.movedOpen) };
  return (
    <>
      <Notice kind="note" title={t('lab.tryOut.summary', { ...sums, orphans: count(tried.orphanCount) })}>
        {tried.isCut ? t('lab.tryOut.cut', sums) : ''}
      </Notice>
      <Spreads tried={tried} />
      <div className={styles.filters}>
        <Button size="small" isPressed={onlyChanged} onPress={() => setOnlyChanged(!onlyChanged)}>
          {t('lab.tryOut.onlyChanged')}
        </Button>
        <Field
          label={t('lab.problems.search')}
          isLabelHidden
          type="search"
          placeholder={t('lab.problems.search')}
          value={text}
          onChange={setText}
        />
      </div>
      <table className={styles.table}>
        <caption>{t('lab.tryOut.table')}</caption>
        <thead>
          <tr>
            {loadColumns.map((column) => (
              <Head key={column} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((grid) => (
            <tr key={grid.code}>
              <th scope="row" className={styles.code}>
                {grid.code}
              </th>
              <td>{grid.name}</td>
              <td className={styles.number}>
                {grid.before === null ? t('lab.tryOut.added') : count(grid.before.cases)}
              </td>
              <td className={styles.number}>{grid.after === null ? t('lab.tryOut.gone') : count(grid.after.cases)}</td>
              <td className={styles.number}>{signed(changeOf(grid))}</td>
              <td className={styles.number}>{count(grid.after?.open ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN ? (
        <p className={styles.quiet}>{t('lab.tryOut.more', { number: count(rows.length - SHOWN) })}</p>
      ) : null}
    </>
  );
}

function Head({
  column,
  order,
  onOrder,
}: {
  readonly column: LoadColumn;
  readonly order: LoadOrder;
  readonly onOrder: (order: LoadOrder) => void;
}) {
  const { t } = useWords();
  const isChosen = order.by === column;
  const isNumber = numbers.includes(column);
  const next = { by: column, isDescending: isChosen ? !order.isDescending : isNumber };
  const sort = !isChosen ? 'none' : order.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={sort} className={isNumber ? styles.number : undefined}>
      <Button kind="quiet" size="small" onPress={() => onOrder(next)}>
        {t(`lab.tryOut.${column}`)}
        {isChosen ? <span aria-hidden="true">{order.isDescending ? '▾' : '▴'}</span> : null}
      </Button>
    </th>
  );
}

const spreadRows = ['grids', 'largest', 'median', 'withoutCases', 'unevenness', 'outside'] as const;

function Spreads({ tried: { before, after } }: { readonly tried: TriedDistrict }) {
  const { t } = useWords();
  return (
    <table className={styles.table}>
      <caption>{t('lab.tryOut.title')}</caption>
      <thead>
        <tr>
          <td />
          {spreadRows.map((row) => (
            <th key={row} scope="col" className={styles.number}>
              {t(`lab.tryOut.${row}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[['now', before] as const, ['next', after] as const].map(([name, spread]) => (
          <tr key={name}>
            <th scope="row">{t(`lab.tryOut.${name}`)}</th>
            {spreadRows.map((row) => (
              <td key={row} className={styles.number}>
                {row === 'unevenness' ? (spread.unevenness?.toFixed(2) ?? '–') : count(spread[row])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function signed(change: number): string {
  if (change === 0) return '0';
  return change > 0 ? `+${count(change)}` : `−${count(-change)}`;
}
