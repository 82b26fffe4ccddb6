import { SECOND_MS, type Instant } from '#domain/base/instant.ts';
import type { StoredEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { MergedReport } from '#domain/case/side.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { HindsightPicture, Learnt, PastCase, PastPicture } from '#host/ports/history.ts';
import type { EntryEvents, Journal } from '#host/ports/journal.ts';

/** A report that was recorded at most so much after it was made was recorded at once: the way through the host takes time. */
const AT_ONCE_MS = SECOND_MS;

/** So many entries are read at a time: half a second's work. */
const PIECE_ENTRIES = 50_000;

/** First states that are kept, of cases that were recorded later. */
const KEPT_STATES = 20_000;

/** A case that was recorded later than it was reported. */
interface Late {
  readonly id: string;
  readonly sequence: number;
  readonly reportedAt: Instant;
  /** When it ended, of a case that came as ended; null of one that came open. */
  readonly endedAt: Instant | null;
}

/** What became of a case last: merged into another, or taken apart from it. */
interface Link {
  readonly into: string | null;
  readonly sequence: number;
  readonly at: Instant;
}

interface Member {
  readonly isIn: boolean;
  readonly sequence: number;
}

export interface HindsightParts {
  readonly journal: Pick<Journal, 'readEvents' | 'readEach' | 'head'>;
  /** The case as it was right after an entry. */
  readonly folded: (id: string, sequence: number) => Promise<CaseState | undefined>;
}

/**
 * What entries say of moments before them: reports recorded late, cases voided, merged, taken apart. Only this is kept of
 * an entry, so that a year of them fits into memory; the entries since the earliest moment asked for are read once, in pieces.
 */
export class Hindsight {
  readonly #parts: HindsightParts;
  readonly #pieceEntries: number;
  readonly #late: Late[] = [];
  readonly #voided = new Set<string>();
  readonly #links = new Map<string, Link>();
  /** By main case and report: whether the report was put in or taken out last. */
  readonly #members = new Map<string, Member>();
  readonly #firstStates = new Map<number, CaseState>();
  /** Entries behind `#from`, up to `#to`, are known. */
  #from = 0;
  #to = 0;

  constructor(parts: HindsightParts, pieceEntries = PIECE_ENTRIES) {
    this.#parts = parts;
    this.#pieceEntries = pieceEntries;
  }

  /** Reads a piece of the entries behind `from` that are not known yet. @throws Error when the journal is damaged */
  async learn(from: number): Promise<Learnt> {
    const head = this.#parts.journal.head().sequence;
    if (this.#to === 0) [this.#from, this.#to] = [head, head];
    if (this.#to < head) await this.#readUpTo(Math.min(head, this.#to + this.#pieceEntries));
    else if (from < this.#from) await this.#readFrom(Math.max(from, this.#from - this.#pieceEntries));
    return { known: this.#to - Math.max(from, this.#from), of: head - from };
  }

  /** How things stood at `time`, out of what was known then; nothing without a time. @throws Error when the journal is damaged */
  async pictureOf(then: PastPicture, time: Instant | null): Promise<HindsightPicture> {
    await this.#reach(then.sequence);
    if (time === null) return { sequence: 0, recordedAt: null, open: [], knownUntil: this.#to };
    const standing = await this.#standing(then, time);
    const open = await this.#joined(standing, then.sequence);
    return { sequence: then.sequence, recordedAt: then.recordedAt, open, knownUntil: this.#to };
  }

  async #reach(from: number): Promise<void> {
    for (;;) {
      const { known, of } = await this.learn(from);
      if (known >= of) return;
    }
  }

  async #readUpTo(to: number): Promise<void> {
    await this.#read(this.#to, to);
    this.#to = to;
  }

  async #readFrom(from: number): Promise<void> {
    await this.#read(from, this.#from);
    this.#from = from;
  }

  /** Entries behind one, up to another. */
  async #read(behind: number, to: number): Promise<void> {
    const damaged = ({ from }: { readonly from: number }): never => {
      throw new Error(`entry ${from} is missing`);
    };
    for await (const batch of this.#parts.journal.readEvents(behind + 1, damaged)) {
      for (const entry of batch) {
        if (entry.sequence > to) return;
        this.#note(entry);
      }
      if ((batch.at(-1)?.sequence ?? 0) >= to) return;
    }
  }

  /** Earlier entries may come after later ones, and a walk that broke off is made again: the later entry counts. */
  #note({ sequence, events }: EntryEvents): void {
    for (const event of events as readonly StoredEvent[]) {
      const { caseId, at } = event;
      if (event.version === 1) this.#noteReport(evolve(undefined, event), sequence);
      else if (event.type === 'case.voided.v1') this.#voided.add(caseId);
      else if (event.type === 'case.merged_into.v1') this.#noteLink(caseId, { into: event.into, sequence, at });
      else if (event.type === 'case.unmerged_from.v1') this.#noteLink(caseId, { into: null, sequence, at });
      else if (event.type === 'case.unmerged.v1') this.#noteMember(caseId, event.id, { isIn: false, sequence });
      else if (event.type === 'case.merged.v1') {
        for (const report of event.reports) this.#noteMember(caseId, report.caseId, { isIn: true, sequence });
      }
    }
  }

  #noteLink(id: string, link: Link): void {
    if ((this.#links.get(id)?.sequence ?? 0) <= link.sequence) this.#links.set(id, link);
  }

  #noteMember(main: string, id: string, member: Member): void {
    const key = memberKey(main, id);
    if ((this.#members.get(key)?.sequence ?? 0) <= member.sequence) this.#members.set(key, member);
  }

  #noteReport({ id, reportedAt, recordedAt, isArchived, closedAt }: CaseState, sequence: number): void {
    if (!isArchived && recordedAt - reportedAt <= AT_ONCE_MS) return;
    this.#late.push({ id, sequence, reportedAt, endedAt: isArchived ? (closedAt ?? reportedAt) : null });
  }

  /** Every case that stood open by itself, by id, whether it is merged today or not. */
  async #standing(then: PastPicture, time: Instant): Promise<Map<string, PastCase>> {
    const standing = new Map<string, PastCase>();
    for (const past of then.open) {
      if (past.state.reportedAt <= time + AT_ONCE_MS && !this.#voided.has(past.state.id)) {
        standing.set(past.state.id, past);
      }
    }
    const late = new Map(
      this.#late
        .filter(({ id, sequence, reportedAt, endedAt }) => {
          const isOpenThen = reportedAt <= time && (endedAt === null || time < endedAt);
          return isOpenThen && sequence > then.sequence && !this.#voided.has(id);
        })
        .map((one) => [one.sequence, one]),
    );
    const states = await this.#firstOf([...late.keys()], late);
    for (const [sequence, state] of states) standing.set(state.id, beforeRecorded(state, sequence, time));
    for (const [id, { into, sequence }] of this.#links) {
      if (into !== null || sequence <= then.sequence || standing.has(id) || this.#voided.has(id)) continue;
      const before = (await this.#parts.folded(id, then.sequence))?.side.mergedInto?.before;
      if (before === undefined || !isOpen(before.state)) continue;
      standing.set(id, { state: before, sequence: then.sequence, variant: `apart ${before.version}` });
    }
    return standing;
  }

  /** The states right after their first entries. */
  async #firstOf(sequences: readonly number[], late: ReadonlyMap<number, Late>): Promise<Map<number, CaseState>> {
    const missing = sequences.filter((sequence) => !this.#firstStates.has(sequence));
    if (this.#firstStates.size + missing.length > KEPT_STATES) this.#firstStates.clear();
    const wanted = sequences.filter((sequence) => !this.#firstStates.has(sequence));
    for (const { sequence, events } of await this.#parts.journal.readEach(wanted)) {
      const id = late.get(sequence)?.id;
      const first = events.find((event) => event.caseId === id && event.version === 1);
      if (first !== undefined) this.#firstStates.set(sequence, evolve(undefined, first));
    }
    const found = new Map<number, CaseState>();
    for (const sequence of sequences) {
      const state = this.#firstStates.get(sequence);
      if (state !== undefined) found.set(sequence, state);
    }
    return found;
  }

  /** Puts the cases that are merged today into their main ones. */
  async #joined(standing: Map<string, PastCase>, sequence: number): Promise<readonly PastCase[]> {
    const shown = new Map(standing);
    const taken = new Map<string, PastCase[]>();
    for (const [id, past] of standing) {
      const main = this.#mainOf(id);
      if (main === null) continue;
      const list = taken.get(main) ?? [];
      list.push(past);
      taken.set(main, list);
    }
    for (const [main, reports] of taken) {
      const own = standing.get(main) ?? (await this.#standIn(main, reports, sequence));
      if (own === null) continue;
      for (const { state } of reports) shown.delete(state.id);
      shown.set(main, this.#withReports(own, reports));
    }
    for (const [id, past] of standing) {
      if (taken.has(id) || !shown.has(id) || past.state.side.merged.length === 0) continue;
      const hasLost = past.state.side.merged.some(({ caseId }) => this.#hasLeft(id, caseId));
      if (hasLost) shown.set(id, this.#withReports(past, []));
    }
    return [...shown.values()];
  }

  /** The case that a case belongs to today; null if it stands by itself. */
  #mainOf(id: string): string | null {
    const seen = new Set([id]);
    let main: string | null = null;
    for (let into = this.#links.get(id)?.into ?? null; into !== null; into = this.#links.get(into)?.into ?? null) {
      if (seen.has(into)) return main;
      seen.add(into);
      main = into;
    }
    return main;
  }

  /**
   * A main case that had not begun: its own facts, and where the earliest of its reports stood. Null when it had ended: then
   * its reports stand by themselves.
   */
  async #standIn(main: string, reports: readonly PastCase[], sequence: number): Promise<PastCase | null> {
    const { folded } = this.#parts;
    const [earliest] = reports.toSorted((a, b) => a.state.reportedAt - b.state.reportedAt);
    if (earliest === undefined || (await folded(main, sequence)) !== undefined) return null;
    const today = await folded(main, this.#to);
    if (today === undefined || this.#voided.has(main)) return null;
    const { id, record, classRef, place, description, source, reporterId, external, extra, isDemo } = today;
    const facts = { id, record, classRef, place, description, source, reporterId, external, extra, isDemo };
    const { state } = earliest;
    return {
      state: { ...state, ...facts, side: { ...state.side, merged: [] } },
      sequence: earliest.sequence,
      variant: `for ${state.id} ${earliest.variant ?? ''}`,
    };
  }

  #withReports(own: PastCase, reports: readonly PastCase[]): PastCase {
    const { id, side } = own.state;
    const merged = new Map<string, MergedReport>();
    for (const report of side.merged) if (!this.#hasLeft(id, report.caseId)) merged.set(report.caseId, report);
    for (const { state } of reports) {
      for (const report of [this.#reportOf(state), ...state.side.merged]) {
        if (!merged.has(report.caseId)) merged.set(report.caseId, report);
      }
    }
    return {
      state: { ...own.state, side: { ...side, merged: [...merged.values()] } },
      sequence: own.sequence,
      variant: `${own.variant ?? ''} with ${[...merged.keys()].sort().join(' ')}`,
    };
  }

  #reportOf({ id, source, reporterId, external, reportedAt, description }: CaseState): MergedReport {
    const at = this.#links.get(id)?.at ?? reportedAt;
    return { caseId: id, source, reporterId, external, reportedAt, description, handleDueAt: null, at };
  }

  #hasLeft(main: string, id: string): boolean {
    return this.#members.get(memberKey(main, id))?.isIn === false;
  }
}

function memberKey(main: string, id: string): string {
  return `${main} ${id}`;
}

/** A case between its report and the entry that recorded it: nobody had it, and no clock ran that began later. */
function beforeRecorded(state: CaseState, sequence: number, time: Instant): PastCase {
  const runs = state.clockStartedAt !== null && state.clockStartedAt <= time;
  const clock = runs ? {} : { clock: null, clockStartedAt: null, dueAt: null };
  const open = isOpen(state.state) ? {} : ({ state: 'reported', closedAt: null } as const);
  return {
    state: { ...state, ...clock, ...open, stateSince: state.reportedAt, holder: null },
    sequence,
    variant: runs ? 'late, clock runs' : 'late',
  };
}
