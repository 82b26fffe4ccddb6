import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { toolKeys, type ToolKey } from './tool-keys.ts';
import styles from './city-map.module.css';

const tools = Object.entries(toolKeys) as readonly (readonly [ToolKey, string])[];

/** Tools of the map, each with the key that does the same while the map has the focus. */
export function MapTools({
  pressed,
  onPress,
}: {
  readonly pressed: Readonly<Record<ToolKey, boolean>>;
  readonly onPress: (tool: ToolKey) => void;
}) {
  const { t } = useWords();
  return (
    <div className={styles.tools} role="group" aria-label={t('mapTools.title')}>
      {tools.map(([tool, key]) => (
        <Button
          key={tool}
          size="small"
          id={toolButtonId(tool)}
          shortcut={key.toUpperCase()}
          isPressed={pressed[tool]}
          onPress={() => onPress(tool)}
        >
          {t(`mapTools.tools.${tool}`)}
        </Button>
      ))}
    </div>
  );
}

export function toolButtonId(tool: ToolKey): string {
  return `map-tool-${tool}`;
}
