import { DistrictProblem } from '#host/ports/district.ts';
import type { DistrictMapping } from './district-mapping.ts';
import type { AreaFeature } from './read-features.ts';

/** An area as the file has it, or (feature null) one that is only named as a parent and must be dissolved. */
export interface PlainArea {
  readonly code: string;
  readonly name: string;
  /** 1 for the coarsest. */
  readonly level: number;
  readonly parent: string | null;
  readonly kind: string;
  readonly feature: AreaFeature | null;
}

const MAX_PROBLEMS = 20;

/**
 * Levels by the properties `level`, `code`, `name`, `parent` that each feature carries. Levels are numbered anew from 1,
 * so a file may begin at level 2. Parents that are named but not in the file are dissolved from their children.
 *
 * @throws DistrictProblem
 */
export function levelsByProperties(file: string, features: readonly AreaFeature[]): readonly PlainArea[] {
  const problems: string[] = [];
  const found: (PlainArea & { readonly given: number })[] = [];
  for (const [index, feature] of features.entries()) {
    const at = `feature ${index + 1}`;
    const code = textOf(feature, 'code');
    const level = Number(textOf(feature, 'level') ?? NaN);
    if (code === null) problems.push(`${at}: has no "code"; give a mapping if the property has another name`);
    else if (!Number.isInteger(level) || level < 1)
      problems.push(`${at} (${code}): "level" must be a whole number from 1`);
    else {
      const name = textOf(feature, 'name') ?? code;
      const parent = textOf(feature, 'parent');
      found.push({
        code,
        name,
        level,
        given: level,
        parent,
        kind: textOf(feature, 'type') ?? textOf(feature, 'kind') ?? '',
        feature,
      });
    }
    if (problems.length >= MAX_PROBLEMS) break;
  }
  if (problems.length > 0) throw new DistrictProblem(file, problems);

  const known = new Set(found.map((area) => area.code));
  const missing = new Map<string, PlainArea & { readonly given: number }>();
  for (const { parent, level } of found) {
    if (parent === null || known.has(parent) || missing.has(parent)) continue;
    const given = level - 1;
    missing.set(parent, { code: parent, name: parent, level: given, given, parent: null, kind: '', feature: null });
  }
  const all = [...missing.values(), ...found];
  const numbers = [...new Set(all.map((area) => area.given))].sort((a, b) => a - b);
  return checked(
    file,
    all.map(({ given, ...area }) => ({ ...area, level: numbers.indexOf(given) + 1 })),
  );
}

/**
 * Levels by a mapping: each feature is an area of the finest level of which it has the code property and that no finer
 * one describes. A level that no feature describes alone is dissolved from its children.
 *
 * @throws DistrictProblem
 */
export function levelsByMapping(
  file: string,
  features: readonly AreaFeature[],
  { levels }: DistrictMapping,
): readonly PlainArea[] {
  const problems: string[] = [];
  for (const [index, { code, name, parent }] of levels.entries()) {
    for (const property of [code, name, ...(parent === undefined ? [] : [parent])]) {
      if (features.some((feature) => textOf(feature, property) !== null)) continue;
      const there = Object.keys(features[0]?.properties ?? {}).join(', ');
      problems.push(`levels.${index}: no feature has a property "${property}"; there are ${there}`);
    }
  }
  if (problems.length > 0) throw new DistrictProblem(file, problems);

  const areas = new Map<string, PlainArea>();
  const named = new Map<string, PlainArea>();
  for (const [index, feature] of features.entries()) {
    const depth = levels.findLastIndex(({ code }) => textOf(feature, code) !== null);
    const level = levels[depth];
    const code = level === undefined ? null : textOf(feature, level.code);
    if (level === undefined || code === null) {
      problems.push(`feature ${index + 1}: has none of the mapped code properties`);
      continue;
    }
    const key = `${depth}:${code}`;
    if (areas.has(key)) problems.push(`feature ${index + 1}: code ${code} is there twice`);
    const parent = level.parent === undefined ? null : textOf(feature, level.parent);
    if (depth > 0 && parent === null) problems.push(`feature ${index + 1} (${code}): "${level.parent}" is empty`);
    areas.set(key, { code, name: textOf(feature, level.name) ?? code, level: depth + 1, parent, kind: '', feature });
    for (let above = depth - 1; above >= 0; above -= 1) {
      const upper = levels[above];
      const upperCode = upper === undefined ? null : textOf(feature, upper.code);
      if (upper === undefined || upperCode === null) continue;
      const upperParent = upper.parent === undefined ? null : textOf(feature, upper.parent);
      const name = textOf(feature, upper.name) ?? upperCode;
      named.set(`${above}:${upperCode}`, {
        code: upperCode,
        name,
        level: above + 1,
        parent: upperParent,
        kind: '',
        feature: null,
      });
    }
    if (problems.length >= MAX_PROBLEMS) break;
  }
  if (problems.length > 0) throw new DistrictProblem(file, problems);
  for (const [key, area] of named) if (!areas.has(key)) areas.set(key, area);
  return checked(file, [...areas.values()]);
}

function checked(file: string, areas: readonly PlainArea[]): readonly PlainArea[] {
  const problems: string[] = [];
  const byCode = new Map<string, PlainArea>();
  for (const area of areas) {
    if (byCode.has(area.code)) problems.push(`code ${area.code} is there twice`);
    byCode.set(area.code, area);
  }
  const depth = Math.max(...areas.map((area) => area.level));
  for (const { code, level, parent } of areas) {
    if (level === 1) {
      if (parent !== null) problems.push(`area ${code}: is on the coarsest level and names a parent ${parent}`);
      continue;
    }
    const above = parent === null ? undefined : byCode.get(parent);
    if (above === undefined) problems.push(`area ${code}: parent ${parent ?? '(none)'} is not there`);
    else if (above.level !== level - 1) {
      problems.push(`area ${code} on level ${level}: its parent ${parent} is on level ${above.level}`);
    }
  }
  const childless = areas.filter(({ level, code, feature }) => {
    return feature === null && level < depth && !areas.some((area) => area.parent === code);
  });
  for (const { code } of childless) problems.push(`area ${code}: has neither an outline nor children`);
  if (problems.length > 0) throw new DistrictProblem(file, problems.slice(0, MAX_PROBLEMS));
  return areas;
}

/** Numbers become text as written; empty text is nothing. */
function textOf(feature: AreaFeature, property: string): string | null {
  const value: unknown = feature.properties?.[property];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
