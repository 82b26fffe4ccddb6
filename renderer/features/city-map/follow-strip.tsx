import { useCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { followModes, type FollowState } from './use-follow.ts';
import styles from './city-map.module.css';

/** What is followed, and how to end it; Esc ends it as well. */
export function FollowStrip({ state, onEnd }: { readonly state: FollowState; readonly onEnd: () => void }) {
  const { t } = useWords();
  useCommand('back', () => {
    onEnd();
    return true;
  });
  return (
    <div className={styles.strip} role="group" aria-label={t('mapWork.follow.title')}>
      {followModes.map((mode) => (
        <Button key={mode} size="small" isPressed={mode === state.mode} onPress={() => state.setMode(mode)}>
          {t(`mapWork.follow.modes.${mode}`)}
        </Button>
      ))}
      <output className={styles.measured}>
        {state.caseId === null ? t('mapWork.follow.none') : t('mapWork.follow.now', { id: state.caseId.slice(-4) })}
      </output>
      <Button size="small" shortcut="Esc" onPress={onEnd}>
        {t('mapWork.follow.end')}
      </Button>
    </div>
  );
}
