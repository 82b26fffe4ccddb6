import { useRef, type KeyboardEvent } from 'react';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { TableColumn } from './table-info.ts';
import { useCellWords } from './use-cell-words.ts';
import styles from './rule-tables.module.css';

/** Where the keyboard goes after a cell. */
export type Leave = 'down' | 'right' | 'left' | 'stay';

/** The field of one cell by its type. Enter and Tab take the value, Esc leaves it as it was. */
export function CellEditor({
  column,
  label,
  start,
  onTake,
  onCancel,
}: {
  readonly column: TableColumn;
  readonly label: string;
  readonly start: string;
  readonly onTake: (value: string, leave: Leave) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  const words = useCellWords();
  const isLeft = useRef(false);
  const leave = (act: () => void) => {
    if (isLeft.current) return;
    isLeft.current = true;
    act();
  };
  const keyDown = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const { value } = event.currentTarget;
    if (event.key === 'Escape') {
      event.preventDefault();
      leave(onCancel);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      leave(() => onTake(value.trim(), 'down'));
    } else if (event.key === 'Tab') {
      event.preventDefault();
      leave(() => onTake(value.trim(), event.shiftKey ? 'left' : 'right'));
    }
  };
  const common = { className: styles.editor, 'aria-label': label, autoFocus: true, onKeyDown: keyDown } as const;
  const options = column.type === 'flag' ? ['true', 'false'] : column.choices;
  if (options.length > 0) {
    const isUnknown = start !== '' && !options.includes(start);
    return (
      <select
        {...common}
        defaultValue={start}
        onBlur={(event) => leave(() => onTake(event.currentTarget.value, 'stay'))}
      >
        {column.isRequired && start !== '' ? null : <option value="">{t('rules.choiceNone')}</option>}
        {isUnknown ? <option value={start}>{start}</option> : null}
        {options.map((value) => (
          <option key={value} value={value}>
            {words.shown(value, column)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...common}
      defaultValue={start}
      maxLength={2_000}
      inputMode={column.type === 'integer' || column.type === 'number' ? 'decimal' : 'text'}
      {...(column.type === 'day' ? { placeholder: 'YYYY-MM-DD' } : {})}
      onBlur={(event) => leave(() => onTake(event.currentTarget.value.trim(), 'stay'))}
    />
  );
}
