import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import { useAlarmWords } from './use-alarm-words.ts';
import styles from './alarms.module.css';

const heads = ['type', 'cause', 'consequence', 'action', 'allowed', 'owner', 'bands', 'shelvable'] as const;

/** The A1 table: what rings, why, what follows, what to do and who. Edited in the rule tables. */
export function TypesView({ onRules }: { readonly onRules: () => void }) {
  const { t } = useWords();
  const words = useAlarmWords();
  return (
    <div className={styles.page}>
      <p className={styles.pageHead}>
        {t('alarmCenter.typesAbout')}
        <Button size="small" onPress={onRules}>
          {t('alarmCenter.editTypes')}
        </Button>
      </p>
      {/* Longer than the screen: scrolled by keys too. */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('alarmCenter.view.types')}>
        <table className={styles.table}>
          <caption className={styles.hidden}>{t('alarmCenter.view.types')}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`alarmCenter.columns.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {words.rows.map((row) => {
              const id = row['id'] ?? '';
              const priority = Number(row['priority']) as 1 | 2 | 3;
              return (
                <tr key={id}>
                  <th scope="row">
                    <span className={styles.typeCell}>
                      <LevelMark level={priority} label={t(`alarmCenter.priority.p${priority}`)} />
                      {words.typeName(id)}
                    </span>
                  </th>
                  <td>{words.word(id, 'cause')}</td>
                  <td>{words.word(id, 'consequence')}</td>
                  <td>{words.word(id, 'action')}</td>
                  <td>{t('alarmCenter.minutes', { number: row['allowed_minutes'] ?? '' })}</td>
                  <td>{t(`alarmCenter.owners.${row['owner']}` as 'alarmCenter.owners.ADMIN')}</td>
                  <td>
                    {row['threshold']} / {row['dead_band']} / {row['off_delay_seconds']}
                  </td>
                  <td>{t(row['shelvable'] === 'true' ? 'alarmCenter.yes' : 'alarmCenter.no')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
