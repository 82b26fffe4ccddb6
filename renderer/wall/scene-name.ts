import type { WallScene } from '#domain/wall/scene.ts';
import { useWords } from '#renderer/i18n/use-words.ts';
import { useWall } from './wall-context.tsx';

/** A scene as its head names it; a topic by its class and area. */
export function useSceneName(): (scene: WallScene) => string {
  const { t } = useWords();
  const { areas, live } = useWall();
  return (scene) => {
    if (scene.kind !== 'topic') return t(`wall.scenes.${scene.kind}`);
    const area = scene.area === null ? null : (areas.area(scene.area)?.name ?? scene.area);
    const named =
      scene.classCode === null ? undefined : live.newest.find(({ classCode }) => classCode === scene.classCode);
    const className = scene.classCode === null ? null : (named?.className ?? scene.classCode);
    return [t('wall.scenes.topic'), area, className].filter((part) => part !== null).join(' · ');
  };
}
