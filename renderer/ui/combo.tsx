import { ComboBox, Button, Input, Label, ListBox, ListBoxItem, Popover, type Key } from 'react-aria-components';
import fieldStyles from './field.module.css';
import styles from './pick.module.css';
import type { PickItem } from './pick.tsx';

/** One of a long list, found by typing: every word must stand in name or note. */
export function Combo({
  label,
  items,
  value,
  onChange,
  emptyText,
  placeholder,
  autoFocus = false,
}: {
  readonly label: string;
  readonly items: readonly PickItem<string>[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly emptyText: string;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
}) {
  return (
    <ComboBox
      className={styles.pick ?? ''}
      defaultItems={items}
      value={value}
      onChange={(key: Key | null) => onChange(key === null ? null : String(key))}
      defaultFilter={(text, typed) => {
        const lower = text.toLowerCase();
        return typed
          .toLowerCase()
          .split(/\s+/)
          .every((word) => lower.includes(word));
      }}
      allowsEmptyCollection
      autoFocus={autoFocus}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <span className={fieldStyles.box}>
        <Input className={fieldStyles.input ?? ''} {...(placeholder === undefined ? {} : { placeholder })} />
        <Button className={styles.arrow ?? ''}>▾</Button>
      </span>
      <Popover className={styles.popover ?? ''} maxHeight={360}>
        <ListBox className={styles.list ?? ''} renderEmptyState={() => <p className={styles.empty}>{emptyText}</p>}>
          {(item: PickItem<string>) => (
            <ListBoxItem
              id={item.id}
              textValue={item.note === undefined ? item.name : `${item.name} ${item.note}`}
              className={styles.item ?? ''}
            >
              {item.name}
              {item.note === undefined ? null : <span className={styles.note}>{item.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
