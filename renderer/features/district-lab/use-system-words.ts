import type { CoordinateSystem } from '#contract/district.ts';
import { useWords } from '#renderer/i18n/use-words.ts';

/** The name of a coordinate system in the language of the screen. */
export function useSystemWords(): (system: CoordinateSystem) => string {
  const { t } = useWords();
  return ({ projection, isSwapped }) => {
    const name = plainName(projection);
    return isSwapped ? t('lab.systems.swapped', { system: name }) : name;
  };

  function plainName(projection: CoordinateSystem['projection']): string {
    if (projection.kind !== 'gauss-kruger') return t(`lab.systems.${projection.kind}`);
    const { centralMeridian: meridian, zone } = projection;
    return zone === null ? t('lab.systems.strip', { meridian }) : t('lab.systems.stripZone', { meridian, zone });
  }
}
