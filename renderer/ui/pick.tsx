import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, type Key } from 'react-aria-components';
import styles from './pick.module.css';

export interface PickItem<Id extends string> {
  readonly id: Id;
  readonly name: string;
  readonly note?: string;
}

/** One of a short list. */
export function Pick<Id extends string>({
  label,
  items,
  value,
  onChange,
  isLabelHidden = false,
  size = 'normal',
  autoFocus = false,
}: {
  readonly label: string;
  readonly items: readonly PickItem<Id>[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
  readonly isLabelHidden?: boolean;
  readonly size?: 'small' | 'normal';
  readonly autoFocus?: boolean;
}) {
  const take = (key: Key | null) => {
    const chosen = items.find((item) => item.id === key);
    if (chosen !== undefined) onChange(chosen.id);
  };
  return (
    <Select
      className={styles.pick ?? ''}
      data-size={size}
      value={value}
      onChange={take}
      autoFocus={autoFocus}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {isLabelHidden ? null : <Label className={styles.label ?? ''}>{label}</Label>}
      <Button className={styles.button ?? ''}>
        <SelectValue className={styles.value ?? ''} />
        <span aria-hidden="true" className={styles.arrow}>
          ▾
        </span>
      </Button>
      <Popover className={styles.popover ?? ''} maxHeight={420}>
        <ListBox items={items} className={styles.list ?? ''}>
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.name} className={styles.item ?? ''}>
              {item.name}
              {item.note === undefined ? null : <span className={styles.note}>{item.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
