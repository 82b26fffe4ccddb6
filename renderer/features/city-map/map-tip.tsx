import { useWords } from '#renderer/i18n/use-words.ts';
import { count } from '#renderer/i18n/format.ts';
import { figureText } from '#renderer/map/area-figures.ts';
import type { MapHover } from '#renderer/map/map-events.ts';
import type { LiveForces } from '#renderer/state/live-forces.ts';
import { useComponentTip, type ComponentView } from './use-components.ts';
import { useForceTip } from './use-forces.ts';
import styles from './city-map.module.css';

/** One line beside the pointer. */
export function MapTip({
  hover,
  forces,
  components,
}: {
  readonly hover: MapHover | null;
  readonly forces: LiveForces;
  readonly components: ComponentView;
}) {
  const { t } = useWords();
  const forceTip = useForceTip(forces);
  const componentTip = useComponentTip(components);
  if (hover === null) return null;
  return (
    <div className={styles.tip} style={{ left: hover.x, top: hover.y }} aria-hidden="true">
      {textOf(hover)}
    </div>
  );

  function textOf(of: MapHover): string {
    switch (of.kind) {
      case 'area': {
        const value = of.value === null ? t('layers.tip.none') : figureText(of.value, of.figure);
        return t('layers.tip.area', { name: of.name, figure: t(`layers.figures.${of.figure}`), value });
      }
      case 'cluster':
        return t('layers.tip.cluster', { number: count(of.count) });
      case 'force':
        return (
          forceTip(of.index) ??
          t('layers.tip.force', {
            kind: t(`layers.forceKinds.${of.force}`),
            age: t(`layers.forceAges.${of.age}`),
          })
        );
      case 'component':
        return componentTip(of.index) ?? of.name;
      case 'case':
        return `${of.row.id.slice(-4)} ${of.row.className} · ${t(`states.${of.row.state}`)}`;
    }
  }
}
