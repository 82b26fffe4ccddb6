import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  TextArea,
  TextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import styles from './field.module.css';

export interface FieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  /** Behind the label, such as "(optional)". */
  readonly note?: string;
  readonly isMultiline?: boolean;
  readonly problem?: string | null;
  /** Hides the label from sight; it stays for screen readers. */
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
  readonly lead?: ReactNode;
  readonly inputRef?: React.Ref<HTMLInputElement>;
}

/** A text field with its label; `problem` says what is wrong and how to mend it. */
export function Field({
  label,
  note,
  isMultiline = false,
  problem = null,
  isLabelHidden = false,
  placeholder,
  lead,
  inputRef,
  ...props
}: FieldProps) {
  const hint = placeholder === undefined ? {} : { placeholder };
  return (
    <TextField
      {...props}
      isInvalid={problem !== null}
      className={styles.field ?? ''}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {isLabelHidden ? null : (
        <Label className={styles.label ?? ''}>
          {label}
          {note === undefined ? null : <span className={styles.note}>{note}</span>}
        </Label>
      )}
      <span className={styles.box}>
        {lead}
        {isMultiline ? (
          <TextArea className={styles.area ?? ''} rows={2} {...hint} />
        ) : (
          <Input className={styles.input ?? ''} {...hint} {...(inputRef === undefined ? {} : { ref: inputRef })} />
        )}
      </span>
      {problem === null ? null : <FieldError className={styles.problem ?? ''}>{problem}</FieldError>}
    </TextField>
  );
}
