import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand, useRunCommand } from '#renderer/actions/use-command.tsx';
import { clockTime, count, dayOfWeek } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { filterFor } from '#renderer/state/case-filter.ts';
import { useChoice, useDesk, useIsPast } from '#renderer/state/desk-context.tsx';
import { workspaces } from '#renderer/state/workspaces.ts';
import { useLiveVersion, useNow } from '#renderer/state/use-live.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { ToolMenu } from './tool-menu.tsx';
import styles from './frame.module.css';

/** Typing is quicker than filtering thousands of rows after each letter. */
const SEARCH_PAUSE_MS = 150;

/** Name, search, the counts of marked cases, the host's clock, who has the seat, language and theme. */
export function TopBar({ seat }: { readonly seat: ReactNode }) {
  const { t, language } = useWords();
  const { store } = useDesk();
  const run = useRunCommand();
  const isPast = useIsPast();
  const theme = useChoice((state) => state.theme);
  const switchLanguage = () => store.setState({ language: language === 'en' ? 'zh-CN' : 'en' });
  useCommand('language', switchLanguage);
  return (
    <header className={styles.top}>
      <h1 className={styles.brand}>{t('app.name')}</h1>
      <span className={styles.bar} />
      <Workspaces />
      <span className={styles.bar} />
      <Button size="small" shortcut={keyOf('new_case')} isDisabled={isPast} onPress={() => run('new_case')}>
        {t('top.newCase')}
      </Button>
      <Button size="small" shortcut={keyOf('new_ticket')} isDisabled={isPast} onPress={() => run('new_ticket')}>
        {t('top.newTicket')}
      </Button>
      <ToolMenu />
      <SearchField />
      <LevelCounts />
      <span className={styles.bar} />
      <HostClock />
      <span className={styles.bar} />
      {seat}
      <Button
        kind="quiet"
        size="small"
        aria-label={`${keyOf('shortcuts')} ${t('top.shortcuts')}`}
        onPress={() => store.setState({ dialog: 'shortcuts' })}
      >
        <Kbd>{keyOf('shortcuts')}</Kbd>
      </Button>
      <Button
        kind="quiet"
        size="small"
        aria-label={`${theme === 'dark' ? t('app.themeLight') : t('app.themeDark')} ${t('app.theme')}`}
        onPress={() => store.setState({ theme: theme === 'dark' ? 'light' : 'dark' })}
      >
        {theme === 'dark' ? t('app.themeLight') : t('app.themeDark')}
      </Button>
      <Button kind="quiet" size="small" aria-label={t('app.language')} onPress={switchLanguage}>
        {t('app.languageShort')}
      </Button>
    </header>
  );
}

/** The duties and their digits; pressing the open one again leads back to all open cases. */
function Workspaces() {
  const { t } = useWords();
  const run = useRunCommand();
  const workspace = useChoice((state) => state.workspace);
  return (
    <nav className={styles.duties} aria-label={t('workspaces.title')}>
      {workspaces.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.duty}
          aria-current={workspace === name ? 'page' : undefined}
          aria-keyshortcuts={keyOf(`workspace_${name}`)}
          onClick={() => run(workspace === name ? 'workspace_all' : `workspace_${name}`)}
        >
          <span aria-hidden="true">{keyOf(`workspace_${name}`).slice(-1)}</span> {t(`workspaces.${name}`)}
        </button>
      ))}
    </nav>
  );
}

function SearchField() {
  const { t } = useWords();
  const { store, live, areas, now } = useDesk();
  const run = useRunCommand();
  const chosen = useChoice((state) => state.filter.text);
  const [text, setText] = useState(chosen);
  const inputRef = useRef<HTMLInputElement>(null);
  useCommand('search', () => {
    inputRef.current?.focus();
    inputRef.current?.select();
  });
  useEffect(() => setText(chosen), [chosen]);
  useEffect(() => {
    if (text === chosen) return;
    const timer = setTimeout(() => store.setState(({ filter }) => ({ filter: { ...filter, text } })), SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, chosen, store]);
  /** Enter: on to the list; what alone fits is opened there. */
  const take = (event: FormEvent) => {
    event.preventDefault();
    const filter = { ...store.getState().filter, text };
    const fits = filterFor(filter, areas, now);
    const [only, ...others] =
      filter.tab === 'closed' || text.trim() === '' ? [] : live.newest.filter((row) => fits(row));
    const isOne = only !== undefined && others.length === 0;
    store.setState({ filter, ...(isOne ? { selectedId: only.id } : {}) });
    run('focus_queue');
  };
  return (
    <form role="search" className={styles.search} onSubmit={take}>
      <Field
        label={t('top.searchLabel')}
        isLabelHidden
        type="search"
        placeholder={t('top.search')}
        lead={<Kbd>{keyOf('search')}</Kbd>}
        value={text}
        onChange={setText}
        inputRef={inputRef}
      />
    </form>
  );
}

const shownLevels = [1, 2, 3, 4] as const;

function LevelCounts() {
  const { t } = useWords();
  const { live, store } = useDesk();
  const filterLevel = useChoice((state) => state.filter.level);
  useLiveVersion(1_000);
  const counts = live.levelsAt(useNow(5_000));
  return (
    <span className={styles.counts}>
      {shownLevels.map((level) => (
        <Button
          key={level}
          kind="quiet"
          size="small"
          isPressed={filterLevel === level}
          aria-label={t('top.levelCount', { level: t(`levels.level${level}`), count: counts[level] })}
          onPress={() =>
            store.setState(({ filter }) => ({
              filter: { ...filter, level: filter.level === level ? null : level },
            }))
          }
        >
          <LevelMark level={level} isOutline={counts[level] === 0} />
          <b>{count(counts[level])}</b>
        </Button>
      ))}
    </span>
  );
}

function HostClock() {
  const { t, language } = useWords();
  const now = useNow(1_000);
  const isPast = useIsPast();
  return (
    <span className={styles.clock} title={`${isPast ? t('past.title') : t('top.clock')} ${dayOfWeek(now, language)}`}>
      {isPast ? `${t('past.title')} ` : null}
      <span className={styles.day}>{dayOfWeek(now, language)}</span> <b>{clockTime(now)}</b>
    </span>
  );
}
