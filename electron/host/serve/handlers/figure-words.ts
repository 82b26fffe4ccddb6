import { caseRow } from '#contract/case-row.ts';
import type { CaseRow } from '#contract/cases.ts';
import { dayNumberOf, dayText } from '#domain/metrics/figure-record.ts';
import type { GroupKind } from '#domain/metrics/measures.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import type { Cases } from '#host/ports/cases.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';

/** The row of a case behind a number; null of one that cannot be read now. */
export async function rowOf(id: string, cases: Cases): Promise<CaseRow | null> {
  try {
    const state = await cases.load(id);
    const sequence = cases.sequencesOf(id).at(-1);
    return state === undefined || sequence === undefined ? null : caseRow(state, sequence);
  } catch (cause) {
    // The number stands without it: an old case cannot be looked up while the archive is being made.
    if (cause instanceof ProjectionUnavailable) return null;
    throw cause;
  }
}

/** Names of the groups of a kind on the last day of a period; a code that nothing names stands for itself. */
export function namesOf(group: GroupKind, tables: ReferenceTables, to: string): (code: string) => string {
  const day = dayText(dayNumberOf(to) - 1);
  switch (group) {
    case 'person':
      return (id) => tables.people.person(id, day)?.display ?? id;
    case 'class': {
      const ofTickets = new Map(tables.ticketClasses(day).map(({ code, name }) => [code, name]));
      return (key) => {
        const code = key.slice(key.indexOf(':') + 1);
        const kind = key.slice(0, key.indexOf(':'));
        if (kind === 'other') return ofTickets.get(code) ?? code;
        return tables.classes.byCode(kind === 'component' ? 'component' : 'matter', code)?.name ?? code;
      };
    }
    case 'source':
    case 'district':
      return (code) => code;
    default:
      return (code) => tables.units.unit(code, day)?.name ?? code;
  }
}
