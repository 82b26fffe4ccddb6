import styles from './kbd.module.css';

/** A key, as printed on the keyboard. Hidden from screen readers: the command's name says what it does. */
export function Kbd({ children }: { readonly children: React.ReactNode }) {
  return (
    <span className={styles.kbd} aria-hidden="true">
      {children}
    </span>
  );
}
