import { useState } from 'react';
import type { HealthFact } from '#contract/health.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import { count } from '#renderer/i18n/format.ts';
import { useFactWords, useWords } from '#renderer/i18n/use-words.ts';
import type { LiveAlarms } from '#renderer/state/live-alarms.ts';
import { Button } from '#renderer/ui/button.tsx';
import { AlarmList } from './alarm-list.tsx';
import { ReportView } from './report-view.tsx';
import { SoundPanel } from './sound-panel.tsx';
import { TypesView } from './types-view.tsx';
import { useAlarmSight } from './use-alarm-sight.ts';
import type { SoundControl } from './use-alarm-sound.ts';
import styles from './alarms.module.css';

const views = ['standing', 'shelved', 'types', 'report'] as const;
type View = (typeof views)[number];

/** The alarm center 告警中心 above the panels: what stands, what is shelved, the types (A1), the bad actors (A7). */
export function AlarmCenter({
  live,
  sound,
  facts,
  onClose,
  onShowCase,
  onRules,
}: {
  readonly live: LiveAlarms;
  readonly sound: SoundControl;
  readonly facts: readonly HealthFact[];
  readonly onClose: () => void;
  readonly onShowCase: (where: 'case' | 'map') => void;
  readonly onRules: () => void;
}) {
  const { t } = useWords();
  const factWords = useFactWords();
  const [view, setView] = useState<View>('standing');
  const { groups, shelved } = useAlarmSight(live);
  const standing = groups.reduce((sum, { alarms }) => sum + alarms.length, 0);
  useCommand('back', () => {
    if (view === 'standing') onClose();
    else setView('standing');
    return true;
  });
  const numbers: Readonly<Record<View, string>> = {
    ...{ standing: ` ${count(standing)}`, shelved: ` ${count(shelved.length)}`, types: '', report: '' },
  };
  return (
    <section className={styles.tool} aria-label={t('alarmCenter.title')}>
      <header className={styles.toolHead}>
        <h2>{t('alarmCenter.title')}</h2>
        <span className={styles.views} role="group" aria-label={t('alarmCenter.views')}>
          {views.map((id) => (
            <Button key={id} size="small" kind="quiet" isPressed={view === id} onPress={() => setView(id)}>
              {t(`alarmCenter.view.${id}`)}
              {numbers[id]}
            </Button>
          ))}
        </span>
        <SoundPanel sound={sound} />
        <Button size="small" shortcut={keyOf('back')} onPress={onClose}>
          {t('alarmCenter.close')}
        </Button>
      </header>
      {view === 'standing' || view === 'shelved' ? (
        <AlarmList
          key={view}
          live={live}
          isShelf={view === 'shelved'}
          onShelf={() => setView(view === 'shelved' ? 'standing' : 'shelved')}
          onShowCase={onShowCase}
        />
      ) : null}
      {view === 'types' ? <TypesView onRules={onRules} /> : null}
      {view === 'report' ? <ReportView /> : null}
      {facts.length === 0 ? null : (
        <footer className={styles.facts} aria-label={t('alarmCenter.facts')}>
          <b>{t('alarmCenter.facts')}</b>
          <ul>
            {facts.map((fact) => (
              <li key={fact.id}>{factWords(fact)}</li>
            ))}
          </ul>
        </footer>
      )}
    </section>
  );
}
