import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Alarm } from '#domain/alarms/alarm.ts';
import { useCommand } from '#renderer/actions/use-command.tsx';
import type { LiveAlarms } from '#renderer/state/live-alarms.ts';
import { AlarmSound, type SoundStatus } from './alarm-sound.ts';

export interface SoundControl extends SoundStatus {
  test(): void;
  mute(): void;
  unmute(): void;
}

/**
 * Whether alarms of this kind sound at this seat: only those of its posts and areas do (A6). There is one seat, which has all
 * of them; seats with posts of their own come with sign-on.
 */
function isHeardHere(_alarm: Alarm): boolean {
  return true;
}

/** Sound of the alarms of this seat, for as long as the desk is there. */
export function useAlarmSound(live: LiveAlarms): SoundControl {
  const [sound] = useState(
    () =>
      new AlarmSound({
        context: typeof AudioContext === 'undefined' ? null : new AudioContext(),
        now: () => performance.now(),
        after: (ms, task) => {
          const timer = setTimeout(task, ms);
          return () => clearTimeout(timer);
        },
      }),
  );
  useEffect(() => {
    const ring = () =>
      sound.setWaiting(new Map(live.sight.waiting.filter(isHeardHere).map(({ id, priority }) => [id, priority])));
    ring();
    return live.onChange(ring);
  }, [live, sound]);
  useEffect(() => {
    const allow = () => void sound.allow();
    window.addEventListener('keydown', allow);
    window.addEventListener('pointerdown', allow);
    return () => {
      window.removeEventListener('keydown', allow);
      window.removeEventListener('pointerdown', allow);
    };
  }, [sound]);
  const status = useSyncExternalStore(
    (listener) => sound.onChange(listener),
    () => sound.status,
  );
  const control: SoundControl = {
    ...status,
    test: () => sound.test(),
    mute: () => sound.mute(),
    unmute: () => sound.unmute(),
  };
  useCommand('mute_alarms', () => (status.mutedUntil === null ? control.mute() : control.unmute()));
  return control;
}
