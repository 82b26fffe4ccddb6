import { caseRow } from '#contract/case-row.ts';
import { required } from '#domain/base/assert-never.ts';
import type { CaseState } from '#domain/case/state.ts';
import { classKeyOf } from '#domain/same-cause/facts.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import type { KeptCase } from '#host/ports/cases.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Handover, ProjectedCase, StoredSequences } from '#host/ports/projection.ts';
import type { CaseMemory } from './case-memory.ts';
import { walkCases } from './case-walk.ts';

/** Makes the projection's rows out of cases in memory, and of those that left it. */
export class ProjectionFeed {
  readonly #journal: Pick<Journal, 'readAround' | 'readEach' | 'readOnlyReason'>;
  readonly #cases: CaseMemory;
  readonly #projected: (kept: KeptCase) => ProjectedCase;

  constructor(
    journal: Pick<Journal, 'readAround' | 'readEach' | 'readOnlyReason'>,
    cases: CaseMemory,
    areas: Pick<AreaIndex, 'path'>,
  ) {
    this.#journal = journal;
    this.#cases = cases;
    this.#projected = projectedBy(areas);
  }

  /** The row of a case in memory. */
  rowOf(state: CaseState): ProjectedCase {
    return this.#projected({ state, sequences: this.#cases.sequencesOf(state.id) });
  }

  /** All open cases, each as it is when the iteration reaches it. */
  *openRows(): Generator<ProjectedCase> {
    for (const { id } of this.#cases.openStates()) {
      const state = this.#cases.resident(id);
      if (state !== undefined) yield this.rowOf(state);
    }
  }

  /**
   * Everything that changed after `sequence`, out of memory or the journal; of a damaged journal what can be read.
   *
   * @throws Error when `stored` does not know a case that changed before
   */
  async *replay(sequence: number, stored: StoredSequences): AsyncIterable<Handover> {
    const resident = (id: string): KeptCase | undefined => {
      const state = this.#cases.resident(id);
      return state && { state, sequences: this.#cases.sequencesOf(id) };
    };
    const journal = this.#journal;
    const walk = walkCases(
      journal.readAround(sequence + 1, () => undefined),
      {
        ...{ journal, resident, stored },
        onMissing: (id) => {
          if (journal.readOnlyReason() === null)
            throw new Error(`the tables do not know case ${id}, which changed before ${sequence + 1}`);
        },
      },
    );
    for await (const window of walk) {
      yield {
        rows: window.current.map(this.#projected),
        past: window.past.map(this.#projected),
        sequence: window.sequence,
      };
    }
  }
}

/** What makes a row of a case, with the areas that hold its grid. */
export function projectedBy(areas: Pick<AreaIndex, 'path'>): (kept: KeptCase) => ProjectedCase {
  const areaPaths = new Map<string, readonly string[]>();
  const areaPathOf = (gridCode: string): readonly string[] => {
    const path = areaPaths.get(gridCode) ?? areas.path(gridCode).map((area) => area.code);
    areaPaths.set(gridCode, path);
    return path;
  };
  return ({ state, sequences }) => ({
    row: caseRow(state, required(sequences.at(-1), 'a folded case has an entry')),
    sequences,
    areaPath: state.place.gridCode === null ? [] : areaPathOf(state.place.gridCode),
    external: state.external === null ? null : `${state.external.feed}:${state.external.id}`,
    classKey: classKeyOf(state.classRef),
    reporterId: state.reporterId,
  });
}
