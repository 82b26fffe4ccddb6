import { useState } from 'react';
import type { DisplayState, WallOverview } from '#contract/wall.ts';
import { sceneOf, startScenes } from '#domain/wall/scene.ts';
import { timeOfMinute } from '#domain/wall/wall-times.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/field.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import type { WallDesk } from './use-wall-desk.ts';
import { nightOf, numberOf } from './wall-draft.ts';
import styles from './wall-desk.module.css';

/** Which scenes take turns, for how long, and whether they stand still; for the whole wall also the hours of the night. */
export function TurnsForm({
  desk,
  wall,
  display,
}: {
  readonly desk: WallDesk;
  readonly wall: WallOverview;
  /** Null: the whole wall. */
  readonly display: DisplayState | null;
}) {
  const { t } = useWords();
  const plan = display?.plan ?? wall.plan;
  const isPaused = display === null ? wall.isPaused : display.isPaused;
  const topics = plan.scenes.filter((scene) => scene.kind === 'topic');
  const [chosen, setChosen] = useState(() =>
    startScenes.filter((name) => plan.scenes.some(({ kind }) => kind === name)),
  );
  const [seconds, setSeconds] = useState(String(plan.dwellSeconds));
  const [night, setNight] = useState(
    wall.night === null ? '' : `${timeOfMinute(wall.night.from)}-${timeOfMinute(wall.night.to)}`,
  );
  const dwell = numberOf(seconds, 60, 86_400);
  const hours = nightOf(night);
  const scenes = [...chosen.map((name) => sceneOf(name)), ...topics];
  const of = display === null ? {} : { display: display.id };
  const isUsable = dwell !== undefined && hours !== undefined && scenes.length > 0;
  return (
    <form
      className={styles.form}
      aria-label={t('wallDesk.turns')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUsable) return;
        const next = { scenes, dwellSeconds: Math.round(dwell) };
        desk.set({ ...of, plan: next, ...(display === null ? { night: hours } : {}) });
      }}
    >
      <div className={styles.switches}>
        {startScenes.map((name) => (
          <Switch
            key={name}
            isOn={chosen.includes(name)}
            onChange={(isOn) => setChosen(startScenes.filter((one) => (one === name ? isOn : chosen.includes(one))))}
          >
            {t(`wall.scenes.${name}`)}
          </Switch>
        ))}
      </div>
      <Field
        label={t('wallDesk.dwell')}
        value={seconds}
        onChange={setSeconds}
        problem={dwell === undefined ? t('wallDesk.badDwell') : null}
      />
      {display === null ? (
        <Field
          label={t('wallDesk.night')}
          note={t('wallDesk.nightHint')}
          value={night}
          onChange={setNight}
          problem={hours === undefined ? t('wallDesk.badNight') : null}
        />
      ) : null}
      <div className={styles.buttons}>
        <Button type="submit" isDisabled={!isUsable}>
          {t('wallDesk.save')}
        </Button>
        <Button onPress={() => desk.set({ ...of, isPaused: !isPaused })}>
          {isPaused ? t('wallDesk.resume') : t('wallDesk.pause')}
        </Button>
        {display === null || display.plan === null ? null : (
          <Button onPress={() => desk.set({ display: display.id, plan: null })}>{t('wallDesk.followWall')}</Button>
        )}
      </div>
    </form>
  );
}
