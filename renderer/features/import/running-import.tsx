import type { ImportProgress } from '#contract/imports.ts';
import { count } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import styles from './import.module.css';

/** How far a running import is, and the way to stop it. */
export function RunningImport({
  progress,
  onCancel,
}: {
  readonly progress: ImportProgress | null;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const words = t('import.running', {
    rows: count(progress?.rows ?? 0),
    accepted: count(progress?.accepted ?? 0),
    refused: count(progress?.refused ?? 0),
    warnings: count(progress?.warnings ?? 0),
  });
  return (
    <>
      <progress className={styles.progress} max={1} value={progress?.share ?? 0} aria-label={t('import.progress')} />
      <Notice kind="note" title={words} />
      <div className={styles.buttons}>
        <Button onPress={onCancel}>{t('import.cancel')}</Button>
      </div>
    </>
  );
}
