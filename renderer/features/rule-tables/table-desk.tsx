import { useMemo, useState } from 'react';
import type { TableProblem } from '#contract/reference.ts';
import { dayOf } from '#domain/reference/day.ts';
import { instant } from '#domain/base/instant.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { AdoptDialog } from './adopt-dialog.tsx';
import { save } from '#renderer/ui/save-file.ts';
import { PreviewView } from './preview-view.tsx';
import { RowFilterBar } from './row-filter-bar.tsx';
import { ProblemList, VersionList } from './side-panel.tsx';
import { csvOf, readCsv } from './table-csv.ts';
import {
  changedCount,
  insertRow,
  missingCount,
  nextKey,
  redo,
  removeNewRow,
  replaceRows,
  setCell,
  undo,
} from './table-draft.ts';
import { TableGrid, type GridTarget } from './table-grid.tsx';
import { adoptedAt, blankCells, optionalColumns, type TableSummary } from './table-info.ts';
import { TableTools } from './table-tools.tsx';
import { dayPlaces, filterRows, FIRST_ROW, noRowFilter, rowNamer } from './table-view.ts';
import { useCellWords } from './use-cell-words.ts';
import { usePreview } from './use-preview.ts';
import { useProblems } from './use-problems.ts';
import type { OpenTable, RuleTables } from './use-rule-tables.ts';
import { YearView } from './year-view.tsx';
import styles from './rule-tables.module.css';

const sides = ['problems', 'preview', 'history'] as const;

/** What became of the last file or adoption, above the grid until the next one. */
interface Message {
  readonly kind: 'note' | 'problem';
  readonly title: string;
  readonly hint?: string;
  readonly isStale?: boolean;
}

/** One table: its grid or its year, its problems, effects and versions. */
export function TableDesk({
  table,
  summary,
  tables,
  isShown,
}: {
  readonly table: OpenTable;
  readonly summary: TableSummary;
  readonly tables: RuleTables;
  readonly isShown: boolean;
}) {
  const { t } = useWords();
  const words = useCellWords();
  const now = useNow(60_000);
  const today = dayOf(instant(now));
  const { info, draft } = table;
  const { name, columns } = info;
  const { problems, isWhole } = useProblems(table);
  const { preview, run: runPreview, clear: clearPreview } = usePreview();
  const [filter, setFilter] = useState(noRowFilter);
  const [side, setSide] = useState<(typeof sides)[number]>('problems');
  const [activeKey, setActiveKey] = useState<number | null>(null);
  const [target, setTarget] = useState<GridTarget | null>(null);
  const [message, setMessage] = useState<Message | null>(null);
  const [isAdopting, setAdopting] = useState(false);
  const [isYear, setYear] = useState(false);

  const places = useMemo(() => dayPlaces(columns), [columns]);
  const faults = problems.filter(({ severity }) => severity === 'error').length;
  const shownRows = filterRows(draft.rows, filter, {
    ...{ places, today, placeholder: columns.findIndex(({ id }) => id === 'placeholder') },
    faultyRows: new Set(problems.map(({ row }) => row)),
    shown: (cell, at) => words.shown(cell, columns[at]),
  });
  const active = draft.rows.find(({ key }) => key === activeKey);
  const edited = changedCount(draft) + missingCount(draft);
  const edit = (change: Parameters<RuleTables['edit']>[1]) => tables.edit(name, change);
  const goTo = (key: number, column: number) => setTarget({ key, column, stamp: Date.now() });

  const addRow = (cells: readonly string[]) => {
    setFilter(noRowFilter);
    setYear(false);
    const key = nextKey(draft);
    edit((before) => insertRow(before, activeKey, cells));
    goTo(key, 0);
  };
  const goToProblem = ({ row, column }: TableProblem) => {
    const found = draft.rows[row - FIRST_ROW];
    if (found === undefined) return;
    setFilter(noRowFilter);
    setYear(false);
    goTo(
      found.key,
      columns.findIndex(({ id }) => id === column),
    );
  };
  const importFile = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const ids = columns.map(({ id }) => id);
    const read = readCsv(bytes, ids, optionalColumns(name));
    if (!read.ok) {
      const reason = t(`rules.importReasons.${read.reason}` as 'rules.importReasons.quote', { detail: read.detail });
      return setMessage({ kind: 'problem', title: t('rules.importFailed'), hint: reason });
    }
    const isLackingFlag = columns.map(({ id, type }) => type === 'flag' && optionalColumns(name).includes(id));
    const rows = read.rows.map((cells) => cells.map((cell, at) => (cell === '' && isLackingFlag[at] ? 'false' : cell)));
    const after = replaceRows(draft, rows, rowNamer(columns, info.key));
    edit(() => after);
    const missing = missingCount(after);
    const hints = [
      ...(missing === 0 ? [] : [t('rules.importMissing', { count: missing })]),
      ...(read.unknown.length === 0 ? [] : [t('rules.importUnknown', { names: read.unknown.join(' ') })]),
    ];
    setMessage({ kind: 'note', title: t('rules.importRead', { rows: rows.length }), hint: hints.join('；') });
  };
  const exportFile = () => {
    const ids = columns.map(({ id }) => id);
    save(
      `${name}-${today}.csv`,
      csvOf(
        ids,
        draft.rows.map(({ cells }) => cells),
      ),
    );
  };
  const showPreview = () => {
    setSide('preview');
    runPreview(table);
  };
  const moveOver = async () => {
    const version = await tables.restart(name, true);
    if (version === null) return;
    clearPreview();
    setMessage({ kind: 'note', title: t('rules.rebased', { version }) });
  };
  const at = adoptedAt(info.version);
  const share = shareOf(summary.placeholders, summary.rows);

  return (
    <div className={styles.desk}>
      <div className={styles.deskHead}>
        <h3>{words.label(info.label)}</h3>
        <span className={styles.deskNote} title={t('rules.version', { version: info.version })}>
          {at === null ? t('rules.shipped') : t('rules.since', { time: moment(at, now) })} ·{' '}
          {t('rules.rows', { count: draft.rows.length })}
          {share === 0 ? '' : ` · ${t('rules.placeholders', { share })}`}
        </span>
        {name === 'calendar' ? (
          <Button size="small" onPress={() => setYear(!isYear)}>
            {isYear ? t('rules.tableView') : t('rules.yearView')}
          </Button>
        ) : null}
        <TableTools
          canUndo={draft.past.length > 0}
          canRedo={draft.future.length > 0}
          hasActive={active !== undefined}
          activeIsNew={active?.base === null}
          canEnd={places.to >= 0 && places.date < 0}
          today={today}
          onUndo={() => edit(undo)}
          onRedo={() => edit(redo)}
          onAdd={() => addRow(blankCells(columns, today))}
          onDuplicate={() => {
            if (active !== undefined) addRow(active.cells);
          }}
          onEnd={(day) => {
            if (activeKey !== null) edit((before) => setCell(before, activeKey, places.to, day));
          }}
          onRemove={() => {
            if (activeKey !== null) edit((before) => removeNewRow(before, activeKey));
          }}
          onFile={(file) => void importFile(file)}
          onExport={exportFile}
        />
        <span className={styles.deskEnd}>
          {edited === 0 ? null : <b>{t('rules.edited', { count: edited })}</b>}
          <Button size="small" isDisabled={edited === 0} onPress={() => void tables.restart(name, false)}>
            {t('rules.discard')}
          </Button>
          <Button size="small" isDisabled={edited === 0} onPress={showPreview}>
            {t('rules.preview')}
          </Button>
          <Button size="small" kind="primary" isDisabled={edited === 0 || faults > 0} onPress={() => setAdopting(true)}>
            {t('rules.adopt')}
          </Button>
        </span>
      </div>
      {message === null ? null : (
        <div className={styles.message}>
          <Notice kind={message.kind} title={message.title}>
            {message.hint === undefined || message.hint === '' ? null : message.hint}
            {message.isStale === true ? (
              <Button size="small" onPress={() => void moveOver()}>
                {t('rules.rebase')}
              </Button>
            ) : null}
          </Notice>
        </div>
      )}
      <div className={styles.work}>
        <div className={styles.main}>
          {isYear ? (
            <YearView
              columns={columns}
              rows={draft.rows}
              today={today}
              onDay={(date, key) => {
                if (key === null) {
                  addRow(blankCells(columns, '').map((cell, place) => (columns[place]?.id === 'date' ? date : cell)));
                  return;
                }
                setFilter(noRowFilter);
                setYear(false);
                goTo(
                  key,
                  columns.findIndex(({ id }) => id === 'kind'),
                );
              }}
            />
          ) : (
            <>
              <RowFilterBar filter={filter} shown={shownRows.length} total={draft.rows.length} onChange={setFilter} />
              {shownRows.length === 0 ? <p className={styles.gridEmpty}>{t('rules.empty')}</p> : null}
              <TableGrid
                label={t('rules.grid', { table: words.label(info.label) })}
                columns={columns}
                rows={draft.rows}
                shownRows={shownRows}
                problems={problems}
                today={today}
                target={isShown ? target : null}
                onCell={(key, column, value) => edit((before) => setCell(before, key, column, value))}
                onActive={setActiveKey}
                onUndo={() => edit(undo)}
                onRedo={() => edit(redo)}
              />
            </>
          )}
        </div>
        <aside className={styles.side} aria-label={t(`rules.side.${side}`)}>
          <div className={styles.sideTabs} role="group">
            {sides.map((one) => (
              <Button key={one} size="small" kind="quiet" isPressed={one === side} onPress={() => setSide(one)}>
                {t(`rules.side.${one}`)}
                {one === 'problems' && problems.length > 0 ? <b>{problems.length}</b> : null}
              </Button>
            ))}
          </div>
          <div className={styles.sideBody} tabIndex={0} role="group" aria-label={t(`rules.side.${side}`)}>
            {side === 'problems' ? (
              <ProblemList problems={problems} isWhole={isWhole} columns={columns} onGo={goToProblem} />
            ) : null}
            {side === 'preview' ? (
              <PreviewView
                preview={preview}
                isOld={preview !== null && preview.rows !== draft.rows}
                columns={columns}
                onRun={showPreview}
              />
            ) : null}
            {side === 'history' ? <VersionList name={name} version={info.version} /> : null}
          </div>
        </aside>
      </div>
      {isAdopting && isShown ? (
        <AdoptDialog
          table={table}
          preview={preview}
          onPreview={() => runPreview(table)}
          onClose={() => setAdopting(false)}
          onAdopted={(version) => {
            setAdopting(false);
            clearPreview();
            setMessage({ kind: 'note', title: t('rules.adopted', { version }) });
            void tables.restart(name, false);
          }}
          onRefused={({ code }) => {
            setAdopting(false);
            setMessage(
              code === 'stale'
                ? { kind: 'problem', title: t('rules.stale'), hint: t('rules.staleHint'), isStale: true }
                : { kind: 'problem', title: t('rules.badTable'), hint: t('rules.badTableHint') },
            );
            if (code === 'bad_table') setSide('problems');
          }}
        />
      ) : null}
    </div>
  );
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole);
}
