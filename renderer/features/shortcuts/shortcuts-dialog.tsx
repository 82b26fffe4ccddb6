import { commands } from '#renderer/actions/commands.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import styles from './shortcuts.module.css';

/** The cheat sheet: the command list itself. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('shortcuts.title')} width={900} onClose={onClose}>
      <dl className={styles.sheet}>
        {commands.map(({ id, key, words }) => (
          <div key={id} className={styles.line}>
            <dt>
              <Kbd>{key}</Kbd>
              <span className={styles.spoken}>{key}</span>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <Button autoFocus onPress={onClose}>
        {t('shortcuts.close')}
      </Button>
    </Dialog>
  );
}
