import type { Areas } from '#renderer/state/areas.ts';
import type { UnitEntry } from '#renderer/state/directory.ts';

/**
 * Which of the units that fit a word is meant: the one of exactly that name or code; else the only one; else the only one of
 * the case's own areas, `way` from the district down. Anything else is for a person to choose.
 */
export function unitMeant(
  word: string,
  units: readonly UnitEntry[],
  way: readonly string[],
): { readonly unit: UnitEntry | null; readonly found: readonly UnitEntry[] } {
  const isHere = ({ code, parent }: UnitEntry) =>
    way.includes(code) || (parent !== null && way.slice(1).includes(parent));
  const found = [...units.filter(isHere), ...units.filter((unit) => !isHere(unit))];
  const exact = found.filter(({ name, code }) => name === word || code === word);
  const here = found.filter(isHere);
  const unit = [exact, found, here].find(({ length }) => length === 1)?.[0] ?? null;
  return { unit, found };
}

/** Units of the net below the holder, and those whose parent is: to these alone it can be sent on 下派. */
export function unitsBelow(holder: string | null, units: readonly UnitEntry[], areas: Areas): readonly UnitEntry[] {
  if (holder === null) return units;
  const isBelow = (code: string | null) => areas.path(code).some((area) => area.code === holder);
  return units.filter(({ code, parent }) => code !== holder && (isBelow(code) || parent === holder || isBelow(parent)));
}
