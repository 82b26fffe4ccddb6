import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** A sentence about what happened. `problem` is read out at once, `note` politely. */
export function Notice({
  kind,
  title,
  children,
}: {
  readonly kind: 'note' | 'problem';
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.notice} data-kind={kind} role={kind === 'problem' ? 'alert' : 'status'}>
      <b>{title}</b>
      {children === undefined ? null : <span className={styles.more}>{children}</span>}
    </div>
  );
}
