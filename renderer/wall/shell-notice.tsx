import { useEffect, useState } from 'react';
import type { WallNotice } from '#contract/shell.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import styles from './shell-notice.module.css';

/** What Electron's shell has to say over the picture: the PIN that a person types to leave, a window that misses its display. */
export function ShellNotice() {
  const { t } = useWords();
  const [notice, setNotice] = useState<WallNotice | null>(null);
  useEffect(() => window.shell?.onWallNotice?.(setNotice), []);
  if (notice === null) return null;
  const { leave, isMisplaced } = notice;
  return (
    <>
      {isMisplaced ? (
        <p className={styles.note} role="status">
          {t('wall.misplaced')}
        </p>
      ) : null}
      {leave === null ? null : (
        <div className={styles.leave} role="dialog" aria-label={t('wall.leave')}>
          <b>{t('wall.leave')}</b>
          <output aria-label={t('wall.digits', { count: leave.typed })} className={styles.digits}>
            {'●'.repeat(leave.typed)}
          </output>
          <span>{t(leave.isWrong ? 'wall.wrongPin' : 'wall.leaveHow')}</span>
        </div>
      )}
    </>
  );
}
