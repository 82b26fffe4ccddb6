import type { Day } from '#domain/reference/day.ts';
import type { DutyUnit } from '#domain/reference/reference-tables.ts';
import type { UnitKind } from '#domain/reference/rows.ts';
import type { Unit, UnitDirectory } from './units.ts';

/**
 * Turns `lead` and `co` of a responsibility into units. A unit code means that unit, or whoever stands in for it. A role
 * word is relative to the place:
 *
 * - `@desk` the district desk 城指中心,
 * - `@township` the managing township or zone, `@community` the village or community, `@grid` the grid of the place,
 * - `@office:环卫` the unit below that township whose `role` is 环卫; without one the township itself.
 *
 * A place that is not known as exactly as the word asks has the nearest coarser unit. Undefined when nothing is left: the
 * place is unknown and the word needs one, or no unit stands in.
 */
export function dutyUnit(word: string, areaCode: string | null, units: UnitDirectory, day: Day): DutyUnit | undefined {
  if (!word.startsWith('@')) return standIn(word, word, units, day);
  const path = areaCode === null ? [] : units.path(areaCode, day);
  const chain = path.flatMap((code) => units.unit(code, day) ?? []);
  if (word === '@desk') return replaced(word, chain[0], units, day);
  const township = coarsest(chain, ['township', 'zone']);
  if (!word.startsWith('@office:')) {
    const place = word === '@grid' ? chain.at(-1) : word === '@community' ? coarsest(chain, ['community']) : township;
    return replaced(word, place ?? township ?? chain[0], units, day);
  }
  if (township === undefined) return undefined;
  const office = units.officeOf(township.code, word.slice('@office:'.length), day);
  if (office !== undefined) return { unit: office, asked: word, standsInFor: null, because: null };
  const instead = replaced(word, township, units, day);
  return instead === undefined ? undefined : { ...instead, standsInFor: word, because: 'no_such_office' };
}

function coarsest(chain: readonly Unit[], kinds: readonly UnitKind[]): Unit | undefined {
  return chain.find(({ kind }) => kinds.includes(kind));
}

function replaced(asked: string, unit: Unit | undefined, units: UnitDirectory, day: Day): DutyUnit | undefined {
  return unit === undefined ? undefined : standIn(asked, unit.code, units, day);
}

function standIn(asked: string, code: string, units: UnitDirectory, day: Day): DutyUnit | undefined {
  const found = units.replacementFor(code, day);
  if (found === undefined) return undefined;
  return { unit: found.unit, asked, standsInFor: found.because === null ? null : code, because: found.because };
}
