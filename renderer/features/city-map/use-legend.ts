import { useWords } from '#renderer/i18n/use-words.ts';
import type { MapLegend } from '#renderer/map/map-events.ts';
import { useChoice, useDesk } from '#renderer/state/desk-context.tsx';
import type { LiveForces } from '#renderer/state/live-forces.ts';
import { legendSections, type LegendSection } from './legend-sections.ts';
import { useArcUnit } from './use-map-layers.ts';
import { useForceRemarks } from './use-forces.ts';
import { useUnitName } from './use-unit-name.ts';

/** Name of a level of areas: 镇街, 村居 …, or its number where the district has another number of levels. */
export function useLevelName(): (level: number) => string {
  const { t } = useWords();
  const { areas } = useDesk();
  return (level) => {
    if (areas.depth !== 4 || level < 1 || level > 4) return t('areaLevel', { level });
    return t(`areaLevels.level${level}` as 'areaLevels.level2');
  };
}

/**
 * What the legend must know beside what the map tells. `hasChain`: the chosen case has more than one hop; `hasBaseMap`:
 * surfaces are drawn thinly.
 */
export interface LegendFacts {
  readonly hasChain: boolean;
  readonly hasBaseMap: boolean;
  readonly forces: LiveForces;
}

/** The legend in words. */
export function useLegend(legend: MapLegend, { hasChain, hasBaseMap, forces }: LegendFacts): readonly LegendSection[] {
  const { t } = useWords();
  const unitName = useUnitName();
  const { arcs, chain } = useChoice((state) => state.layers);
  const unit = useArcUnit();
  const levelName = useLevelName();
  const forceRemarks = useForceRemarks(forces);
  const sections = legendSections({
    ...{ t, legend, levelName, forceRemarks },
    hasChain: hasChain && chain,
    arcUnit: unit === null ? null : unitName(unit),
    isUnitAsked: arcs === 'unit',
  });
  const thin = { swatch: null, text: t('baseMap.thin'), value: null };
  return sections.map((section) =>
    section.id === 'surface' && hasBaseMap ? { ...section, rows: [...section.rows, thin] } : section,
  );
}
