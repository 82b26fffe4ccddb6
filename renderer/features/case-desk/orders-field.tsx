import { useState } from 'react';
import { useWords } from '#renderer/i18n/use-words.ts';
import { PersonField } from '#renderer/pickers/person-field.tsx';
import { UnitField } from '#renderer/pickers/unit-field.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Pick } from '#renderer/ui/pick.tsx';
import { emptyOrder, type OrderDraft } from '#renderer/acts/act-draft.ts';
import styles from './act-form.module.css';

/** Orders 子单 to further units: unit, responsible person, 协办 or 主责. */
export function OrdersField({
  orders,
  onChange,
  problem,
}: {
  readonly orders: readonly OrderDraft[];
  readonly onChange: (orders: readonly OrderDraft[]) => void;
  readonly problem: string | null;
}) {
  const { t } = useWords();
  const [fresh, setFresh] = useState(-1);
  const change = (index: number, part: Partial<OrderDraft>) =>
    onChange(orders.map((order, at) => (at === index ? { ...order, ...part } : order)));
  return (
    <div className={styles.rows} role="group" aria-label={t('acts.fields.orders')}>
      {orders.map((order, index) => {
        const number = index + 1;
        return (
          <div key={index} className={styles.orderRow}>
            <UnitField
              label={t('acts.fields.orderUnit', { number })}
              value={order.unit}
              onChange={(unit) => change(index, { unit, personId: '' })}
              autoFocus={index === fresh}
            />
            <PersonField
              label={t('acts.fields.orderPerson', { number })}
              note={t('acts.optional')}
              units={[order.unit]}
              value={order.personId}
              onChange={(personId) => change(index, { personId })}
            />
            <Pick
              label={t('acts.fields.orderRole', { number })}
              items={[
                { id: 'co', name: t('orderRoles.co') },
                { id: 'main', name: t('orderRoles.main') },
              ]}
              value={order.role}
              onChange={(role) => change(index, { role })}
            />
            <Button
              kind="quiet"
              aria-label={t('acts.fields.removeOrder', { number })}
              onPress={() => onChange(orders.filter((_, at) => at !== index))}
            >
              ×
            </Button>
          </div>
        );
      })}
      {problem === null ? null : <span className={styles.problem}>{problem}</span>}
      <span>
        <Button
          size="small"
          onPress={() => {
            setFresh(orders.length);
            onChange([...orders, emptyOrder]);
          }}
        >
          {t('acts.fields.addOrder')}
        </Button>
      </span>
    </div>
  );
}
