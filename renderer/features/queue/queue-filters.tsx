import { memo } from 'react';
import type { DeskFilter } from '#renderer/state/case-filter.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import styles from './queue.module.css';

const ANY = 'any';
const levels = ['1', '2', '3', '4'] as const;
const levelNumber = { '1': 1, '2': 2, '3': 3, '4': 4 } as const;
const numerals = { '1': 'Ⅰ', '2': 'Ⅱ', '3': 'Ⅲ', '4': 'Ⅳ' } as const;

/** Level, unit and order; the text stands in the top bar. */
export const QueueFilters = memo(function QueueFilters({
  filter,
  onChange,
}: {
  readonly filter: DeskFilter;
  readonly onChange: (change: Partial<DeskFilter>) => void;
}) {
  const { t } = useWords();
  const { areas, store } = useDesk();
  const order = useChoice((state) => state.order);
  const units = areas.level(areas.unitLevel).map(({ code, name }) => ({ id: code, name }));
  const area = filter.area === null ? undefined : areas.area(filter.area);
  return (
    <div className={styles.filters} role="group" aria-label={t('queue.filters')}>
      <Pick
        label={t('queue.record')}
        isLabelHidden
        size="small"
        items={[
          { id: ANY, name: t('queue.anyRecord') },
          { id: 'case', name: t('records.case') },
          { id: 'ticket', name: t('records.ticket') },
        ]}
        value={filter.record ?? ANY}
        onChange={(record) => {
          const chosen = record === 'case' || record === 'ticket' ? record : null;
          onChange({ record: chosen, tab: filter.tab === 'closed' ? 'closed' : 'all' });
        }}
      />
      <Pick
        label={t('queue.unit')}
        isLabelHidden
        size="small"
        items={[{ id: ANY, name: t('queue.anyUnit') }, ...units]}
        value={filter.unit ?? ANY}
        onChange={(unit) => onChange({ unit: unit === ANY ? null : unit })}
      />
      <Pick
        label={t('queue.level')}
        isLabelHidden
        size="small"
        items={[
          { id: ANY, name: t('queue.anyLevel') },
          ...levels.map((level) => ({ id: level, name: `${numerals[level]} ${t(`levels.level${level}`)}` })),
        ]}
        value={filter.level === null ? ANY : (String(filter.level) as (typeof levels)[number])}
        onChange={(level) => onChange({ level: level === ANY ? null : levelNumber[level] })}
      />
      {area === undefined ? null : (
        <Button size="small" aria-label={t('queue.clearArea')} onPress={() => onChange({ area: null })}>
          {area.name} ×
        </Button>
      )}
      <span className={styles.gap} />
      <Pick
        label={t('queue.order')}
        isLabelHidden
        size="small"
        items={[
          { id: 'newest', name: t('queue.newest') },
          { id: 'urgent', name: t('queue.urgent') },
        ]}
        value={order}
        onChange={(chosen) => store.setState({ order: chosen })}
      />
    </div>
  );
});
