import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SoundNote } from './sound-note.tsx';
import type { SoundControl } from './use-alarm-sound.ts';
import styles from './alarms.module.css';

/** Test of the three tones, mute, and what could not be heard. */
export function SoundPanel({ sound }: { readonly sound: SoundControl }) {
  const { t } = useWords();
  return (
    <span className={styles.soundPanel} role="group" aria-label={t('alarmCenter.sound.title')}>
      <Button size="small" onPress={sound.test}>
        {t('alarmCenter.sound.test')}
      </Button>
      <SoundNote sound={sound} isRinging />
      {sound.missed === 0 ? null : (
        <span className={styles.faint} role="status">
          {t('alarmCenter.sound.missed', { number: sound.missed })}
        </span>
      )}
    </span>
  );
}
