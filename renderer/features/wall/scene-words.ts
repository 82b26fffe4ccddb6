import type { WallScene } from '#domain/wall/scene.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';

/** A scene in words; a topic by its class and area. */
export function useSceneWords(): (scene: WallScene) => string {
  const { t } = useWords();
  const { areas, tables } = useDesk();
  return (scene) => {
    if (scene.kind === 'incident' && scene.caseId !== null) return `${t('wall.scenes.incident')} · ${scene.caseId}`;
    if (scene.kind !== 'topic') return t(`wall.scenes.${scene.kind}`);
    const area = scene.area === null ? null : (areas.area(scene.area)?.name ?? scene.area);
    const found = tables.classes.rows.find(({ code }) => code === scene.classCode);
    return [t('wall.scenes.topic'), area, found?.name ?? scene.classCode].filter((part) => part !== null).join(' · ');
  };
}
