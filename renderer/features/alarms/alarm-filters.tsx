import { alarmStates } from '#domain/alarms/alarm.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { LevelMark } from '#renderer/ui/level-mark.tsx';
import type { AlarmFilter } from './alarm-lines.ts';
import styles from './alarms.module.css';

const priorities = [1, 2, 3] as const;
const standings = [...alarmStates, 'returned'] as const;

/** Which alarms are listed: of a level, of a state. Pressed again, all. */
export function AlarmFilters({
  filter,
  onChange,
}: {
  readonly filter: AlarmFilter;
  readonly onChange: (filter: AlarmFilter) => void;
}) {
  const { t } = useWords();
  return (
    <div className={styles.filters} role="group" aria-label={t('alarmCenter.filter')}>
      {priorities.map((priority) => (
        <Button
          key={priority}
          size="small"
          kind="quiet"
          aria-label={t(`alarmCenter.priority.p${priority}`)}
          isPressed={filter.priority === priority}
          onPress={() => onChange({ ...filter, priority: filter.priority === priority ? null : priority })}
        >
          <LevelMark level={priority} />
        </Button>
      ))}
      {standings.map((standing) => (
        <Button
          key={standing}
          size="small"
          kind="quiet"
          isPressed={filter.standing === standing}
          onPress={() => onChange({ ...filter, standing: filter.standing === standing ? null : standing })}
        >
          {t(`alarmCenter.standing.${standing}`)}
        </Button>
      ))}
    </div>
  );
}
