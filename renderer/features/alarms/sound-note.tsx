import { useEffect, useState } from 'react';
import { keyOf } from '#renderer/actions/commands.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import type { SoundControl } from './use-alarm-sound.ts';
import styles from './alarms.module.css';

/** Mute with its countdown while it rings, and why nothing is heard when it should be. */
export function SoundNote({ sound, isRinging }: { readonly sound: SoundControl; readonly isRinging: boolean }) {
  const { t } = useWords();
  const { state, mutedUntil } = sound;
  const left = useSecondsUntil(mutedUntil);
  if (mutedUntil !== null) {
    return (
      <Button size="small" shortcut={keyOf('mute_alarms')} isPressed onPress={sound.unmute}>
        {t('alarmCenter.sound.muted', { seconds: left })}
      </Button>
    );
  }
  if (!isRinging) return null;
  if (state !== 'ready') return <span className={styles.faint}>{t(`alarmCenter.sound.${state}`)}</span>;
  return (
    <Button size="small" kind="quiet" shortcut={keyOf('mute_alarms')} onPress={sound.mute}>
      {t('alarmCenter.sound.mute')}
    </Button>
  );
}

/** Seconds until a page time, counted down; 0 when there is none. */
function useSecondsUntil(until: number | null): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (until === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
}
