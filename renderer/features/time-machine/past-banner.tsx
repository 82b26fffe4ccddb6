import { useSyncExternalStore } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Knowledge } from '#contract/board.ts';
import { keyOf } from '#renderer/actions/commands.ts';
import { fullTime, shortTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk, useIsPast, useMachine } from '#renderer/state/desk-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import styles from './time-machine.module.css';

const knowledges = ['then', 'now'] as const satisfies readonly Knowledge[];

/** Above the panels while the past is shown: which instant, as known when, what came since, and the way back. */
export function PastBanner() {
  const { t } = useWords();
  const { machine, stage } = useDesk();
  const shownAt = useMachine(({ shown }) => shown?.asOf ?? null);
  const knowledge = useMachine((state) => state.knowledge);
  const learnt = useMachine((state) => state.learnt);
  const arrived = useSyncExternalStore(
    (listener) => stage.onArrived(listener),
    () => stage.arrived,
  );
  return (
    <section className={styles.banner} aria-label={t('past.region')}>
      <b className={styles.name}>{t('past.title')}</b>
      <time className={styles.instant} data-testid="past-instant">
        {shownAt === null ? t('past.loading') : fullTime(shownAt)}
      </time>
      <ToggleButtonGroup
        aria-label={t('past.knowledge')}
        className={styles.choice ?? ''}
        disallowEmptySelection
        selectedKeys={[knowledge]}
        onSelectionChange={(keys) => {
          const chosen = knowledges.find((name) => keys.has(name));
          if (chosen !== undefined) machine.setKnowledge(chosen);
        }}
      >
        {knowledges.map((name) => (
          <ToggleButton key={name} id={name} className={styles.option ?? ''}>
            {name === 'then' ? t('past.knownThen') : t('past.knownNow')}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {learnt === null ? (
        <span className={styles.about}>
          {knowledge === 'then' ? t('past.knownThenAbout') : t('past.knownNowAbout')}
        </span>
      ) : (
        <span className={styles.about}>
          <progress className={styles.progress} aria-label={t('past.learning')} max={learnt.of} value={learnt.known} />
          {t('past.learnt', { percent: Math.floor((learnt.known / learnt.of) * 100) })}
          <Button size="small" onPress={() => machine.setKnowledge('then')}>
            {t('past.stopLearning')}
          </Button>
        </span>
      )}
      <span className={styles.arrived} role="status">
        {arrived === 0 ? '' : t('past.arrived', { count: arrived })}
      </span>
      <Button kind="primary" size="small" shortcut={keyOf('back')} onPress={() => machine.leave()}>
        {t('past.leave')}
      </Button>
    </section>
  );
}

/** Stands on every panel while the past is shown (desk-wall-briefing.md §9.10). */
export function PastTag() {
  const { t } = useWords();
  const isPast = useIsPast();
  const shownAt = useMachine(({ shown }) => shown?.asOf ?? null);
  if (!isPast) return null;
  return <p className={styles.tag}>{t('past.tag', { time: shownAt === null ? '' : shortTime(shownAt) })}</p>;
}
