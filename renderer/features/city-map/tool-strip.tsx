import { useCommand } from '#renderer/actions/use-command.tsx';
import { useWords } from '#renderer/i18n/use-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { useMeasureText } from './measure-text.ts';
import { isMeasure, type DrawTool } from './tool-keys.ts';
import type { MapToolsState } from './use-map-tools.ts';
import styles from './city-map.module.css';

/** What the tool in hand does, its other form, and how to end it; Esc ends it as well. */
export function ToolStrip({
  state,
  tool,
  onWholeView,
  onEnd,
}: {
  readonly state: MapToolsState;
  readonly tool: DrawTool;
  readonly onWholeView: () => void;
  readonly onEnd: () => void;
}) {
  const { t } = useWords();
  const measureText = useMeasureText();
  useCommand('back', () => {
    onEnd();
    return true;
  });
  const forms: readonly DrawTool[] = isMeasure(tool) ? ['distance', 'area'] : ['box', 'lasso'];
  const shown =
    isMeasure(tool) && state.draft.length > 0 ? { tool, points: state.draft } : isMeasure(tool) ? state.measured : null;
  return (
    <div className={styles.strip} role="group" aria-label={t(`mapTools.draw.${tool}`)}>
      {forms.map((form) => (
        <Button key={form} size="small" isPressed={form === tool} onPress={() => state.take(form)}>
          {t(`mapTools.draw.${form}`)}
        </Button>
      ))}
      {isMeasure(tool) ? (
        <output className={styles.measured}>{shown === null ? t('mapTools.clickHelp') : measureText(shown)}</output>
      ) : (
        <Button size="small" onPress={onWholeView}>
          {t('mapTools.wholeView')}
        </Button>
      )}
      <Button size="small" shortcut="Esc" onPress={onEnd}>
        {t('mapTools.end')}
      </Button>
    </div>
  );
}
