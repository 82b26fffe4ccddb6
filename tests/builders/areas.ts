import { Areas } from '#renderer/state/areas.ts';
import { aDistrict } from './district.ts';

/** The net of {@link aDistrict} as screens know it. */
export function someAreas(): Areas {
  const areas = aDistrict()
    .levels.flat()
    .map(({ code, name, level, parent, kind, labelPoint, bounds }) => ({
      ...{ code, name, level, parent, kind },
      labelPoint: [labelPoint[0], labelPoint[1]] as [number, number],
      bounds: [bounds[0], bounds[1], bounds[2], bounds[3]] as [number, number, number, number],
    }));
  return new Areas({ areas });
}
