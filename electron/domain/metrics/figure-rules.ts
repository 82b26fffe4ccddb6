import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { UnitKind } from '#domain/reference/rows.ts';
import type { FigureRules, Territory } from './fold-figures.ts';

const nowhere: Territory = { township: null, village: null, grid: null };

/**
 * Areas and answers by the tables, each as of the day asked for: rows carry their days, and codes of former nets are known. So a
 * past month is counted by the boundaries and rules of that month, also when it is counted again today.
 */
export function figureRules(tables: ReferenceTables): FigureRules {
  return {
    placeOf: (code, day) => territoryOf(tables.units.path(code, day), (area) => tables.units.unit(area, day)?.kind),
    answerCounts: (question, code, day) => {
      const answer = tables.callbackAnswers(question, day).find((row) => row.code === code);
      return answer === undefined || !answer.isValid ? null : answer.counts;
    },
    isDispatchersFault: (code, day) => tables.reason('return', code, day)?.countsAgainstDispatcher ?? true,
  };
}

/** Kinds of units that are areas of the second level. In a net that is not of four levels an area has no kind of its own. */
const townshipKinds: ReadonlySet<UnitKind | undefined> = new Set<UnitKind>(['township', 'zone', 'other', 'grid']);

/** In a net of two levels the first has the place of the township. */
function territoryOf(path: readonly string[], kindOf: (code: string) => UnitKind | undefined): Territory {
  const first = kindOf(path[0] ?? '');
  const codes = first === 'district_desk' || (first === 'other' && path.length > 2) ? path.slice(1) : path;
  const [township = null, second = null] = codes;
  if (township === null || !townshipKinds.has(kindOf(township))) return nowhere;
  const last = codes.at(-1) ?? null;
  return {
    township,
    village: codes.length > 2 || kindOf(second ?? '') === 'community' ? second : null,
    grid: kindOf(last ?? '') === 'grid' ? last : null,
  };
}
