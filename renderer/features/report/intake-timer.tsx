import { useState } from 'react';
import { stopwatch } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useNow } from '#renderer/state/use-live.ts';
import styles from './report.module.css';

/** Since when the form is written; kept by the form, which may be out of sight for a while. */
export function useIntakeStart(): number {
  const now = useNow();
  const [startedAt] = useState(now);
  return startedAt;
}

/** 登记用时: how long the form has been open. It hurries nobody: no colour, no limit, no sound. */
export function IntakeTimer({ since }: { readonly since: number }) {
  const { t } = useWords();
  const now = useNow();
  return (
    <span className={styles.timer} role="timer">
      {t('report.timer', { time: stopwatch(now - since) })}
    </span>
  );
}
