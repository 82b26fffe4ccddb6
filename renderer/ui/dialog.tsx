import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './dialog.module.css';

/** A tool above the desk; Esc closes it unless `isBusy`. */
export function Dialog({
  title,
  width = 560,
  isBusy = false,
  isHidden = false,
  onClose,
  children,
}: {
  readonly title: string;
  /** In units. */
  readonly width?: number;
  readonly isBusy?: boolean;
  /** Keeps the form and its text, out of sight and out of the way. */
  readonly isHidden?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={!isHidden}
      isDismissable={false}
      isKeyboardDismissDisabled={isBusy}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={styles.modal ?? ''} style={{ width: `calc(${width} * var(--u))` }}>
        <AriaDialog className={styles.dialog ?? ''}>
          <Heading slot="title" className={styles.title ?? ''}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
