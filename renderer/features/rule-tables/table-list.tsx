import { ListBox, ListBoxItem } from 'react-aria-components';
import type { TableName } from '#domain/reference/table-names.ts';
import { isTableName } from '#domain/reference/table-names.ts';
import { moment } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import { adoptedAt, editedRows, type TableSummary } from './table-info.ts';
import { useCellWords } from './use-cell-words.ts';
import type { OpenTable } from './use-rule-tables.ts';
import styles from './rule-tables.module.css';

/** Every table: name, rows, since when, faults, how much of it is a placeholder. */
export function TableList({
  list,
  opened,
  chosen,
  onChoose,
}: {
  readonly list: readonly TableSummary[];
  readonly opened: ReadonlyMap<TableName, OpenTable>;
  readonly chosen: TableName | null;
  readonly onChoose: (name: TableName) => void;
}) {
  const { t } = useWords();
  const words = useCellWords();
  const now = useNow(60_000);
  return (
    <ListBox
      aria-label={t('rules.list')}
      className={styles.list ?? ''}
      items={list.map((table) => ({ id: table.name, ...table }))}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [name] = keys === 'all' ? [] : [...keys];
        if (typeof name === 'string' && isTableName(name)) onChoose(name);
      }}
      dependencies={[opened, now]}
    >
      {(table) => {
        const faults = table.problems.filter(({ severity }) => severity === 'error').length;
        const hints = table.problems.length - faults;
        const edited = editedRows(opened.get(table.name)?.draft.rows);
        const at = adoptedAt(table.version);
        const share = table.rows === 0 ? 0 : Math.round((100 * table.placeholders) / table.rows);
        return (
          <ListBoxItem id={table.name} textValue={words.label(table.label)} className={styles.listItem ?? ''}>
            <span className={styles.listLine}>
              <b>{words.label(table.label)}</b>
              <span className={styles.listEnd}>{t('rules.rows', { count: table.rows })}</span>
            </span>
            <span className={styles.listNote}>
              <span>{at === null ? t('rules.shipped') : t('rules.since', { time: moment(at, now) })}</span>
              {share === 0 ? null : <span>{t('rules.placeholders', { share })}</span>}
              {faults === 0 ? null : <b className={styles.fault}>{t('rules.faults', { count: faults })}</b>}
              {hints === 0 ? null : <span>{t('rules.warnings', { count: hints })}</span>}
              {edited === 0 ? null : <b className={styles.listEnd}>{t('rules.edited', { count: edited })}</b>}
            </span>
          </ListBoxItem>
        );
      }}
    </ListBox>
  );
}
