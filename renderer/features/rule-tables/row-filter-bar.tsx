import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import type { RowFilter } from './table-view.ts';
import styles from './rule-tables.module.css';

const times = ['any', 'now', 'future', 'past'] as const;
const flags = ['onlyChanged', 'onlyFaulty', 'onlyPlaceholders'] as const;

/** Which rows are shown: words, time, edits, faults, placeholders. */
export function RowFilterBar({
  filter,
  shown,
  total,
  onChange,
}: {
  readonly filter: RowFilter;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (filter: RowFilter) => void;
}) {
  const { t } = useWords();
  return (
    <div className={styles.filters}>
      <span className={styles.filterText}>
        <Field
          label={t('rules.filter')}
          isLabelHidden
          type="search"
          placeholder={t('rules.filterHint')}
          value={filter.text}
          onChange={(text) => onChange({ ...filter, text })}
        />
      </span>
      <Pick
        label={t('rules.time')}
        isLabelHidden
        size="small"
        items={times.map((id) => ({ id, name: t(`rules.times.${id}`) }))}
        value={filter.time}
        onChange={(time) => onChange({ ...filter, time })}
      />
      {flags.map((flag) => (
        <Button
          key={flag}
          size="small"
          isPressed={filter[flag]}
          onPress={() => onChange({ ...filter, [flag]: !filter[flag] })}
        >
          {t(`rules.${flag}`)}
        </Button>
      ))}
      <span className={styles.filterEnd}>
        {t('rules.shown', { count: shown, total })} · {t('rules.gridHint')}
      </span>
    </div>
  );
}
