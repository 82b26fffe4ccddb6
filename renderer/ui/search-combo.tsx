import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, type Key } from 'react-aria-components';
import fieldStyles from './field.module.css';
import styles from './pick.module.css';
import type { PickItem } from './pick.tsx';

/**
 * A field whose list comes from elsewhere while one types. `text` is what stands in the field, `onText` its change,
 * `onPick` a chosen item. With `isFree` any text may stay.
 */
export function SearchCombo({
  label,
  note,
  items,
  value,
  text,
  onText,
  onPick,
  emptyText,
  problem = null,
  placeholder,
  isFree = false,
  autoFocus = false,
}: {
  readonly label: string;
  /** Behind the label, such as "(optional)". */
  readonly note?: string;
  readonly items: readonly PickItem<string>[];
  /** The chosen item; null while the text is only text. */
  readonly value: string | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onPick: (id: string) => void;
  readonly emptyText: string;
  readonly problem?: string | null;
  readonly placeholder?: string;
  readonly isFree?: boolean;
  readonly autoFocus?: boolean;
}) {
  return (
    <ComboBox
      className={styles.pick ?? ''}
      items={items}
      value={value}
      inputValue={text}
      onInputChange={onText}
      onChange={(key: Key | null) => {
        if (key !== null) onPick(String(key));
      }}
      allowsCustomValue
      allowsEmptyCollection={!isFree}
      isInvalid={problem !== null}
      autoFocus={autoFocus}
    >
      <Label className={styles.label ?? ''}>
        {label}
        {note === undefined ? null : <span className={styles.labelNote}>{note}</span>}
      </Label>
      <span className={fieldStyles.box}>
        <Input
          className={fieldStyles.input ?? ''}
          onFocus={(event) => event.currentTarget.select()}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        <Button className={styles.arrow ?? ''}>▾</Button>
      </span>
      {problem === null ? null : <span className={fieldStyles.problem}>{problem}</span>}
      <Popover className={styles.popover ?? ''} maxHeight={360}>
        <ListBox className={styles.list ?? ''} renderEmptyState={() => <p className={styles.empty}>{emptyText}</p>}>
          {(item: PickItem<string>) => (
            <ListBoxItem id={item.id} textValue={item.name} className={styles.item ?? ''}>
              {item.name}
              {item.note === undefined ? null : <span className={styles.note}>{item.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
