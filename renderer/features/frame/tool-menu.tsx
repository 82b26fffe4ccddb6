import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { commands, isAct, toolMenu } from '#renderer/actions/commands.ts';
import { useRunCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useIsPast } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import pickStyles from '#renderer/ui/pick.module.css';
import styles from './frame.module.css';

/** Tools that have no place of their own on the screen, out of the list of commands (K1). */
export function ToolMenu() {
  const { t } = useWords();
  const run = useRunCommand();
  const isPast = useIsPast();
  const listed = toolMenu.flatMap((id) => commands.filter((command) => command.id === id));
  return (
    <MenuTrigger>
      <Button size="small">{t('top.tools')} ▾</Button>
      <Popover className={pickStyles.popover ?? ''} placement="bottom start">
        <Menu
          aria-label={t('top.tools')}
          className={styles.tools ?? ''}
          disabledKeys={isPast ? toolMenu.filter((id) => isAct(id)) : []}
          onAction={(key) => {
            const id = toolMenu.find((name) => name === key);
            // Once the menu has given the keyboard back: what opens takes it from there.
            if (id !== undefined) requestAnimationFrame(() => run(id));
          }}
        >
          {listed.map(({ id, key, words }) => (
            <MenuItem key={id} id={id} textValue={t(words)} className={`${pickStyles.item} ${styles.tool}`}>
              <span>{t(words)}</span>
              <Kbd>{key}</Kbd>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
