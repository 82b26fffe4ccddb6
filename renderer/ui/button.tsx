import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Kbd } from './kbd.tsx';
import styles from './button.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly kind?: 'plain' | 'primary' | 'quiet';
  readonly size?: 'small' | 'normal';
  /** The key that does the same. */
  readonly shortcut?: string | undefined;
  readonly isPressed?: boolean;
  readonly children: React.ReactNode;
}

export function Button({ kind = 'plain', size = 'normal', shortcut, isPressed, children, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      className={styles.button ?? ''}
      data-kind={kind}
      data-size={size}
    >
      {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
      {children}
    </AriaButton>
  );
}
