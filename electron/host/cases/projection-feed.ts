import { caseRow } from '#contract/case-row.ts';
import { required } from '#domain/base/assert-never.ts';
import type { CaseState } from '#domain/case/state.ts';
import { classKeyOf } from '#domain/same-cause/facts.ts';
import type { AreaIndex } from '#domain/grid/district.ts';
import type { KeptCase } from '#host/ports/cases.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import type { Handover, ProjectedCase, StoredSequences } from '#host/ports/projection.ts';
import type { CaseMemory } from './case-memory.ts';
import { walkCases } from './case-walk.ts';
import { walkFar, WalkFailed } from './far-walk.ts';

/** More entries than these are walked on a thread of its own: in the host they take some seconds. */
const FAR_ENTRIES = 100_000;

export interface FeedOptions {
  readonly dataFolder: string;
  readonly journal: Pick<Journal, 'readEvents' | 'readEach' | 'readOnlyReason'>;
  readonly cases: CaseMemory;
  /** The net in force; another one from the day of another version on. */
  readonly areas: () => Pick<AreaIndex, 'path'>;
  /** The bundled walk-worker.ts. */
  readonly walkWorkerFile: string;
  readonly log: Log;
  readonly farEntries?: number;
}

/** Makes the projection's rows out of cases in memory, and of those that left it. */
export class ProjectionFeed {
  readonly #options: FeedOptions;
  readonly #projected: (kept: KeptCase) => ProjectedCase;
  readonly #areaPathOf: (gridCode: string | null) => readonly string[];

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#areaPathOf = areaPathsBy(options.areas);
    this.#projected = projectedBy(this.#areaPathOf);
  }

  get #cases(): CaseMemory {
    return this.#options.cases;
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
    const { farEntries = FAR_ENTRIES, log } = this.#options;
    let reached = sequence;
    if (this.#cases.sequence() - sequence >= farEntries) {
      try {
        for await (const handover of this.#replayFar(sequence, stored)) {
          yield handover;
          reached = handover.sequence;
        }
        return;
      } catch (cause) {
        if (!(cause instanceof WalkFailed)) throw cause;
        log.warn('the walk on a thread of its own ended early', { reason: cause.message, reached });
      }
    }
    yield* this.#replayHere(reached, stored);
  }

  /** First all cases in memory, as they are; then, from a thread of its own, the others. */
  async *#replayFar(sequence: number, stored: StoredSequences): AsyncIterable<Handover> {
    const { dataFolder, walkWorkerFile } = this.#options;
    const { open, ended } = this.#cases.kept(Infinity);
    const kept = [...open, ...ended];
    const start = {
      ...{ dataFolder, from: sequence + 1, to: this.#cases.sequence() },
      resident: kept.map(({ state }) => state.id),
    };
    yield { rows: kept.map(this.#projected), sequence };
    for await (const walked of walkFar(walkWorkerFile, start, stored)) {
      yield {
        rows: [],
        packed: walked.packs.map((pack) => ({ ...pack, areaPaths: pack.gridCodes.map(this.#areaPathOf) })),
        sequence: walked.sequence,
      };
    }
  }

  async *#replayHere(sequence: number, stored: StoredSequences): AsyncIterable<Handover> {
    const resident = (id: string): KeptCase | undefined => {
      const state = this.#cases.resident(id);
      return state && { state, sequences: this.#cases.sequencesOf(id) };
    };
    const { journal } = this.#options;
    const walk = walkCases(
      journal.readEvents(sequence + 1, () => undefined),
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

/** Codes of the areas that hold a grid; none for a case in no grid. */
function areaPathsBy(inForce: () => Pick<AreaIndex, 'path'>): (gridCode: string | null) => readonly string[] {
  const areaPaths = new Map<string, readonly string[]>();
  let areas = inForce();
  return (gridCode) => {
    if (gridCode === null) return [];
    if (areas !== inForce()) {
      areas = inForce();
      areaPaths.clear();
    }
    const path = areaPaths.get(gridCode) ?? areas.path(gridCode).map((area) => area.code);
    areaPaths.set(gridCode, path);
    return path;
  };
}

/** What makes a row of a case, with the areas that hold its grid. */
export function projectedBy(
  areaPathOf: (gridCode: string | null) => readonly string[],
): (kept: KeptCase) => ProjectedCase {
  return ({ state, sequences }) => ({
    row: caseRow(state, required(sequences.at(-1), 'a folded case has an entry')),
    sequences,
    areaPath: areaPathOf(state.place.gridCode),
    external: state.external === null ? null : `${state.external.feed}:${state.external.id}`,
    classKey: classKeyOf(state.classRef),
    reporterId: state.reporterId,
  });
}
