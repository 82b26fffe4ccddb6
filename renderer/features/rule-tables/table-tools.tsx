import { useRef, useState } from 'react';
import { isDay, type Day } from '#domain/reference/day.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import styles from './rule-tables.module.css';

/** What can be done with the table: back and forth, rows, files. */
export function TableTools({
  canUndo,
  canRedo,
  activeIsNew,
  hasActive,
  canEnd,
  today,
  onUndo,
  onRedo,
  onAdd,
  onDuplicate,
  onEnd,
  onRemove,
  onFile,
  onExport,
}: {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly hasActive: boolean;
  readonly activeIsNew: boolean;
  /** The table has a column for the last day. */
  readonly canEnd: boolean;
  readonly today: Day;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onAdd: () => void;
  readonly onDuplicate: () => void;
  readonly onEnd: (day: Day) => void;
  readonly onRemove: () => void;
  readonly onFile: (file: File) => void;
  readonly onExport: () => void;
}) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [endDay, setEndDay] = useState<string | null>(null);
  const end = () => {
    if (endDay === null || !isDay(endDay)) return;
    onEnd(endDay);
    setEndDay(null);
  };
  return (
    <>
      <Button size="small" isDisabled={!canUndo} onPress={onUndo}>
        {t('rules.undo')}
      </Button>
      <Button size="small" isDisabled={!canRedo} onPress={onRedo}>
        {t('rules.redo')}
      </Button>
      <span className={styles.bar} />
      <Button size="small" onPress={onAdd}>
        {t('rules.add')}
      </Button>
      <Button size="small" isDisabled={!hasActive} onPress={onDuplicate}>
        {t('rules.duplicate')}
      </Button>
      {activeIsNew ? (
        <Button size="small" onPress={onRemove}>
          {t('rules.remove')}
        </Button>
      ) : null}
      {canEnd && !activeIsNew ? (
        <Button
          size="small"
          isDisabled={!hasActive}
          isPressed={endDay !== null}
          onPress={() => setEndDay(endDay === null ? today : null)}
        >
          {t('rules.end')}
        </Button>
      ) : null}
      {endDay === null ? null : (
        <form
          className={styles.endForm}
          onSubmit={(event) => {
            event.preventDefault();
            end();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setEndDay(null);
          }}
        >
          <Field
            label={t('rules.endTitle')}
            isLabelHidden
            value={endDay}
            onChange={setEndDay}
            maxLength={10}
            autoFocus
            placeholder="YYYY-MM-DD"
          />
          <Button size="small" type="submit" kind="primary" isDisabled={!isDay(endDay)}>
            {t('rules.end')}
          </Button>
        </form>
      )}
      <span className={styles.bar} />
      <Button size="small" onPress={() => input.current?.click()}>
        {t('rules.import')}
      </Button>
      <Button size="small" onPress={onExport}>
        {t('rules.export')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label={t('rules.import')}
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
