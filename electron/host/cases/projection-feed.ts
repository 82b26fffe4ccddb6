import { caseRow } from '#contract/case-row.ts';
import { required } from '#domain/base/assert-never.ts';
import type { CaseState } from '#domain/case/state.ts';
import { classKeyOf } from '#domain/same-cause/facts.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import type { Handover, ProjectedCase } from '#host/ports/projection.ts';
import type { CaseMemory } from './case-memory.ts';

/** Makes the projection's rows out of cases in memory. */
export class ProjectionFeed {
  readonly #cases: CaseMemory;
  readonly #areas: Pick<AreaIndex, 'path'>;
  readonly #areaPaths = new Map<string, readonly string[]>();

  constructor(cases: CaseMemory, areas: Pick<AreaIndex, 'path'>) {
    this.#cases = cases;
    this.#areas = areas;
  }

  rowOf(state: CaseState): ProjectedCase {
    const sequences = this.#cases.sequencesOf(state.id);
    const { gridCode } = state.place;
    return {
      row: caseRow(state, required(sequences.at(-1), 'a folded case has an entry')),
      sequences,
      areaPath: gridCode === null ? [] : this.#areaPath(gridCode),
      external: state.external === null ? null : `${state.external.feed}:${state.external.id}`,
      classKey: classKeyOf(state.classRef),
      reporterId: state.reporterId,
    };
  }

  #areaPath(gridCode: string): readonly string[] {
    const known = this.#areaPaths.get(gridCode);
    if (known !== undefined) return known;
    const path = this.#areas.path(gridCode).map((area) => area.code);
    this.#areaPaths.set(gridCode, path);
    return path;
  }

  /** All open cases, each as it is when the iteration reaches it. */
  *openRows(): Generator<ProjectedCase> {
    for (const { id } of this.#cases.openStates()) {
      const state = this.#cases.resident(id);
      if (state !== undefined) yield this.rowOf(state);
    }
  }

  /** Everything that changed after `sequence`, in batches. */
  async *replay(sequence: number): AsyncIterable<Handover> {
    for await (const { states, reached } of this.#cases.changedAfter(sequence)) {
      yield { rows: states.map((state) => this.rowOf(state)), sequence: reached };
    }
  }
}
