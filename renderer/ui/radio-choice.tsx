import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './radio-choice.module.css';

/** One of a few, all in sight. */
export function RadioChoice<Id extends string>({
  label,
  items,
  value,
  onChange,
  autoFocus = false,
}: {
  readonly label: string;
  readonly items: readonly { readonly id: Id; readonly name: string }[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
  readonly autoFocus?: boolean;
}) {
  return (
    <RadioGroup
      className={styles.group ?? ''}
      orientation="horizontal"
      value={value}
      onChange={(chosen) => {
        const item = items.find(({ id }) => id === chosen);
        if (item !== undefined) onChange(item.id);
      }}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <span className={styles.options}>
        {items.map(({ id, name }) => (
          <Radio key={id} value={id} className={styles.option ?? ''} autoFocus={autoFocus && id === value}>
            {name}
          </Radio>
        ))}
      </span>
    </RadioGroup>
  );
}
