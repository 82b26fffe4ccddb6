import { useEffect, useState } from 'react';
import type { TableName } from '#domain/reference/table-names.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty } from '#renderer/ui/empty.tsx';
import { TableDesk } from './table-desk.tsx';
import { TableList } from './table-list.tsx';
import { useRuleTables } from './use-rule-tables.ts';
import styles from './rule-tables.module.css';

/**
 * The editor of rule tables, above the panels. It stays while it is hidden, so that drafts outlive a look at the desk.
 */
export function RuleTables({ isShown, onClose }: { readonly isShown: boolean; readonly onClose: () => void }) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const tables = useRuleTables(isShown);
  const [chosen, setChosen] = useState<TableName>('limits');
  const { list, error, open } = tables;
  useCommand('back', () => {
    if (!isShown) return false;
    onClose();
    return true;
  });
  const isKnown = tables.opened.has(chosen);
  useEffect(() => {
    if (isShown && list !== null && !isKnown) open(chosen);
    // `open` is new with each rendering and asks once for each table.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isShown, list, isKnown, chosen]);

  const opened = tables.opened.get(chosen);
  const summary = list?.find(({ name }) => name === chosen);
  return (
    <section className={styles.tool} aria-label={t('rules.title')} hidden={!isShown}>
      <header className={styles.toolHead}>
        <h2>{t('rules.title')}</h2>
        <span className={styles.headNote}>{t('rules.closeHint')}</span>
        <Button size="small" shortcut={keyOf('back')} onPress={onClose}>
          {t('rules.close')}
        </Button>
      </header>
      {list === null ? (
        error === null ? (
          <Empty title={t('rules.loading')} />
        ) : (
          <Empty title={t('rules.failed', { reason: errorWords(error).title })} hint={errorWords(error).remedy}>
            <Button onPress={tables.reload}>{t('rules.retry')}</Button>
          </Empty>
        )
      ) : (
        <div className={styles.panes}>
          <TableList list={list} opened={tables.opened} chosen={chosen} onChoose={setChosen} />
          {opened === undefined || summary === undefined ? (
            <Empty
              title={error === null ? t('rules.loading') : t('rules.failed', { reason: errorWords(error).title })}
            />
          ) : (
            <TableDesk key={chosen} table={opened} summary={summary} tables={tables} isShown={isShown} />
          )}
        </div>
      )}
    </section>
  );
}
