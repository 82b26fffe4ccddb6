import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { keyOf } from '#renderer/actions/commands.ts';
import { useErrorWords, useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import pickStyles from '#renderer/ui/pick.module.css';
import type { CaseAct, ListedAct, NextActions } from '#renderer/acts/next-actions.ts';
import styles from './act-menu.module.css';

const ERASE = 'erase_reporter';

/** Every act of the case, in groups: what can be done, and what can't with the reason; all of it reachable by arrows. */
export function ActMenu({
  next,
  isOpen,
  onOpenChange,
  onAct,
  onErase,
  onRefused,
}: {
  readonly next: NextActions;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onAct: (action: CaseAct) => void;
  /** Erases who reported; null where nothing is kept. */
  readonly onErase: (() => void) | null;
  /** Somebody wants an act that can't be done now; the sentence says why and how to mend it. */
  readonly onRefused: (sentence: string) => void;
}) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const groups = next.groups.filter(({ acts }) => acts.length > 0);
  const listed = new Map(groups.flatMap(({ acts }) => acts.map((act): [string, ListedAct] => [act.action, act])));
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button kind="quiet" shortcut={keyOf('more_acts')}>
        {t('acts.more')} ▾
      </Button>
      <Popover className={`${pickStyles.popover} ${styles.popover}`} placement="top start" maxHeight={620}>
        <Menu
          aria-label={t('acts.moreTitle')}
          className={styles.menu ?? ''}
          onAction={(key) => {
            if (key === ERASE) return onErase?.();
            const act = listed.get(String(key));
            if (act === undefined) return;
            if (act.refusal === null) return onAct(act.action);
            const { title, remedy } = errorWords(act.refusal);
            onRefused(`${t(`actions.${act.action}`)}：${title} ${remedy}`);
          }}
        >
          {groups.map(({ group, acts }) => (
            <MenuSection key={group} className={styles.section ?? ''}>
              <Header className={styles.group}>{t(`acts.groups.${group}`)}</Header>
              {acts.map(({ action, refusal }) => (
                <MenuItem
                  key={action}
                  id={action}
                  textValue={t(`actions.${action}`)}
                  className={`${pickStyles.item} ${styles.item}`}
                  data-refused={refusal !== null}
                >
                  <span className={styles.name}>{t(`actions.${action}`)}</span>
                  {refusal === null ? null : <span className={styles.why}>{errorWords(refusal).title}</span>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
          {onErase === null ? null : (
            <MenuSection className={styles.section ?? ''}>
              <Header className={styles.group}>{t('reporter.title')}</Header>
              <MenuItem
                id={ERASE}
                textValue={t('reporter.erase')}
                className={`${pickStyles.item} ${styles.item}`}
                data-refused={false}
              >
                <span className={styles.name}>{t('reporter.erase')}</span>
              </MenuItem>
            </MenuSection>
          )}
        </Menu>
        <p className={styles.hint}>{t('acts.moreHint')}</p>
      </Popover>
    </MenuTrigger>
  );
}
