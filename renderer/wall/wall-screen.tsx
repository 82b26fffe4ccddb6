import { useEffect, useState } from 'react';
import { burnInShift, isSwapped } from '#domain/wall/wall-times.ts';
import type { WallScene } from '#domain/wall/scene.ts';
import { shortTime, clockTime } from '#renderer/i18n/format.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { WallFoot, WallHead } from './head-foot.tsx';
import { IncidentScene } from './incident-scene.tsx';
import { ReviewScene } from './review-scene.tsx';
import { NightScene, TopicScene, WatchScene } from './scenes.tsx';
import { SILENT_AFTER_MS } from './wall-feed.ts';
import { useMoment, useWallSight } from './wall-context.tsx';
import { wallFit, type WallFit } from '#domain/wall/wall-fit.ts';
import styles from './wall.module.css';

/** Room for the burn-in shift, CSS pixels. */
const SHIFT_ROOM = 5;
const POINTER_GOES_AFTER_MS = 3_000;

/** One display of the wall: the scene that the host has chosen for it, in the pixels that it has. */
export function WallScreen() {
  const { now, isSilent } = useMoment();
  const { display } = useWallSight();
  const size = useSize();
  const isCalm = useCalmPointer();
  const scene: WallScene = display?.shown.scene ?? { kind: 'watch' };
  const fit = wallFit({ ...size, sight: display?.sight ?? null });
  const [dx, dy] = burnInShift(now);
  const isNight = scene.kind === 'night';
  useEffect(() => {
    document.documentElement.style.setProperty('--u', `${fit.unit}px`);
  }, [fit.unit]);
  return (
    <div
      className={styles.page}
      data-calm={isCalm}
      data-silent={isSilent}
      data-night={isNight}
      data-scene={scene.kind}
      data-why={display?.shown.why}
    >
      <div
        className={styles.frame}
        data-swapped={isSwapped(now)}
        style={{ left: dx, top: dy, right: SHIFT_ROOM - dx, bottom: SHIFT_ROOM - dy }}
      >
        {isSilent ? <Banner /> : null}
        <WallHead scene={scene} />
        <SceneOf scene={scene} fit={fit} />
        <WallFoot />
      </div>
      {isNight ? <div className={styles.night} /> : null}
    </div>
  );
}

function SceneOf({ scene, fit }: { readonly scene: WallScene; readonly fit: WallFit }) {
  switch (scene.kind) {
    case 'watch':
      return <WatchScene fit={fit} />;
    case 'night':
      return <NightScene fit={fit} />;
    case 'review':
      return <ReviewScene fit={fit} />;
    case 'incident':
      return <IncidentScene fit={fit} caseId={scene.caseId} />;
    case 'topic':
      return <TopicScene fit={fit} scene={scene} />;
  }
}

/** The host is not heard: nothing below is of now, and nothing is guessed. */
function Banner() {
  const { t } = useWords();
  const { beatAt } = useWallSight();
  const at = beatAt ?? 0;
  return (
    <div className={styles.banner} role="alert">
      <p>
        <b>{t('wall.stopped')}</b> {t('wall.asOf', { at: shortTime(at) })}
      </p>
      <p>
        <span>{t('wall.unreachable')}</span>
        <span>{t('wall.since', { at: clockTime(at + SILENT_AFTER_MS) })}</span>
        <span>{t('wall.retries')}</span>
      </p>
    </div>
  );
}

function useSize(): { readonly width: number; readonly height: number; readonly ratio: number } {
  const read = () => ({ width: innerWidth - SHIFT_ROOM, height: innerHeight - SHIFT_ROOM, ratio: devicePixelRatio });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const changed = () => setSize(read());
    addEventListener('resize', changed);
    return () => removeEventListener('resize', changed);
  }, []);
  return size;
}

/** True once the pointer has not moved for three seconds (W5). */
function useCalmPointer(): boolean {
  const [isCalm, setCalm] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      setCalm(false);
      clearTimeout(timer);
      timer = setTimeout(() => setCalm(true), POINTER_GOES_AFTER_MS);
    };
    addEventListener('pointermove', moved);
    return () => {
      removeEventListener('pointermove', moved);
      clearTimeout(timer);
    };
  }, []);
  return isCalm;
}
