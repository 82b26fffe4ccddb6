import { useMemo } from 'react';
import { ComboBox, Button, Input, Label, ListBox, ListBoxItem, Popover, type Key } from 'react-aria-components';
import { pinyinInitials } from '#domain/base/pinyin-initials.ts';
import fieldStyles from './field.module.css';
import styles from './pick.module.css';
import { isMeant } from './is-meant.ts';
import type { PickItem } from './pick.tsx';

/** One of a long list, found by typing: every word must stand in name or note, or begin the initials of the name. */
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
  const initials = useMemo(() => new Map(items.map((item) => [textOf(item), pinyinInitials(item.name)])), [items]);
  return (
    <ComboBox
      className={styles.pick ?? ''}
      defaultItems={items}
      value={value}
      onChange={(key: Key | null) => onChange(key === null ? null : String(key))}
      defaultFilter={(text, typed) => isMeant({ text, initials: initials.get(text) ?? '' }, typed)}
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
            <ListBoxItem id={item.id} textValue={textOf(item)} className={styles.item ?? ''}>
              {item.name}
              {item.note === undefined ? null : <span className={styles.note}>{item.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function textOf({ name, note }: PickItem<string>): string {
  return note === undefined ? name : `${name} ${note}`;
}
