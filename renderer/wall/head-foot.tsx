import { clockTime, dayOfWeek, dayText, shortTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import type { WallScene } from '#domain/wall/scene.ts';
import { useMoment, useWallSight } from './wall-context.tsx';
import { useSceneName } from './scene-name.ts';
import styles from './wall.module.css';

/** Scene, date, host time, and the tick that proves that the picture lives (W8). */
export function WallHead({ scene }: { readonly scene: WallScene }) {
  const { now, isSilent, machineNow } = useMoment();
  const { t, language } = useWords();
  const sceneName = useSceneName();
  return (
    <header className={styles.head}>
      <h1>{sceneName(scene)}</h1>
      <span className={styles.quiet}>
        {dayText(now).slice(0, 4)}-{dayOfWeek(now, language)}
      </span>
      <span className={styles.space} />
      {isSilent ? <span className={styles.quiet}>{t('wall.ownTime', { at: clockTime(machineNow) })}</span> : null}
      <span className={styles.clock}>
        <span className={isSilent ? styles.struck : undefined}>{clockTime(now)}</span>
        {isSilent ? null : (
          <span className={styles.tick} data-tick="true">
            <i style={{ width: `${(100 * ((Math.floor(now / 1_000) % 60) + 1)) / 60}%` }} />
          </span>
        )}
      </span>
    </header>
  );
}

/** Data times, why this is shown, who put it here and until when. */
export function WallFoot() {
  const { t } = useWords();
  const { beatAt, figures, display, calls } = useWallSight();
  const sceneName = useSceneName();
  const shown = display?.shown;
  const waiting = calls.filter(({ acknowledgedAt }) => acknowledgedAt === null).length;
  return (
    <footer className={styles.foot}>
      <span>{t('wall.dataTime')}</span>
      <span>
        {t('wall.sourceCases')} <b>{beatAt === null ? t('wall.none') : clockTime(beatAt)}</b>
      </span>
      <span>
        {t('wall.sourceFigures')} <b>{figures === null ? t('wall.none') : shortTime(figures.at)}</b>
      </span>
      <span className={styles.space} />
      {waiting > 0 ? <b>{t('wall.calls', { count: waiting })}</b> : null}
      {shown === undefined ? null : <span>{whyText()}</span>}
    </footer>
  );

  function whyText(): string {
    if (shown === undefined) return '';
    const until = shown.until === null ? null : shortTime(shown.until);
    switch (shown.why) {
      case 'push':
        return t('wall.pushedBy', { by: shown.by ?? '', until: until ?? '' });
      case 'interrupt': {
        const replaced = sceneName(shown.replaced ?? { kind: 'watch' });
        return until === null ? t('wall.interrupts', { replaced }) : t('wall.returnsAt', { replaced, until });
      }
      case 'paused':
        return t('wall.paused');
      case 'night':
        return t('wall.dimmed');
      case 'turn':
        return until === null ? '' : t('wall.nextAt', { at: until });
    }
  }
}
