import type { FileFeature } from './formats/file-feature.ts';

/** Names of the properties that hold what a district needs; null where a file has none. */
export interface DistrictColumns {
  readonly code: string | null;
  readonly name: string | null;
  /** Code of the area above. */
  readonly parent: string | null;
  /** A whole number, 1 for the coarsest. */
  readonly level: string | null;
}

/** What districts call them, most exact first. Shapefiles cut names after ten bytes. */
const usual: Readonly<Record<keyof DistrictColumns, readonly string[]>> = {
  code: [
    ...['code', 'gridcode', 'grid_code', 'bgcode', 'objcode', 'areacode', '网格编码', '网格编号', '网格代码'],
    ...['编码', '代码', '编号', 'wgbm', 'wgdm', 'wgbh', 'bm', 'dm'],
  ],
  name: ['name', 'gridname', 'grid_name', 'bgname', 'objname', 'areaname', '网格名称', '名称', 'wgmc', 'mc'],
  parent: ['parent', 'parentcode', 'parent_cod', 'pcode', '上级编码', '上级代码', '所属编码', '上级', 'sjbm'],
  level: ['level', 'gridlevel', 'lvl', '层级', '级别'],
};

/** In the order in which features first have them. */
export function propertiesOf(features: readonly FileFeature[]): readonly string[] {
  return [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))];
}

export function guessColumns(properties: readonly string[]): DistrictColumns {
  const guess = (names: readonly string[]) =>
    names.flatMap((name) => properties.filter((property) => property.trim().toLowerCase() === name))[0] ?? null;
  return {
    code: guess(usual.code),
    name: guess(usual.name),
    parent: guess(usual.parent),
    level: guess(usual.level),
  };
}

/** The feature with `code`, `name`, `parent`, `level` under these names, and its `type`. */
export function plainFeature(feature: FileFeature, columns: DistrictColumns): FileFeature {
  const value = (column: string | null) => (column === null ? null : (feature.properties[column] ?? null));
  const { code, name, parent, level } = columns;
  const properties = {
    ...{ code: value(code), name: value(name), parent: value(parent), level: value(level) },
    type: feature.properties['type'] ?? feature.properties['kind'] ?? null,
  };
  return { ...feature, properties };
}
