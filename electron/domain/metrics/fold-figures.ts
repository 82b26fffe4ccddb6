import { DAY_MS, type Instant } from '#domain/base/instant.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import type { Source } from '#domain/case/state.ts';
import { dayOf, type Day } from '#domain/reference/day.ts';
import { flag, has, mark, microOf, secondsOf, stage, type Codes, type FigureRecord } from './figure-record.ts';

/** Areas and rules that figures are counted by, each as in force on the day of what is counted. */
export interface FigureRules {
  /** Where a grid or unit lies by management; null where it lies in none. */
  readonly placeOf: (code: string, day: Day) => Territory;
  /** How an answer at the call-back 回访 counts; null for one that counts nowhere. */
  readonly answerCounts: (question: 'solved' | 'satisfied', code: string, day: Day) => number | null;
  /** Whether a return with this reason says that the dispatch was wrong. */
  readonly isDispatchersFault: (reasonCode: string, day: Day) => boolean;
}

export interface Territory {
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
}

/** What few cases have and no column holds: what a recall would restore, deadlines of merged reports. */
export class RareFacts {
  readonly #recallable = new Map<string, Partial<FigureRecord>>();
  readonly #merged = new Map<string, { own: number; readonly others: Map<string, number> }>();

  /** Keeps what an order changes, until it can no longer be recalled. */
  keepForRecall(id: string, record: FigureRecord): void {
    const { unit, firstUnit, person, dispatchedAt, received } = record;
    const handleDueAt = this.own(id, record.handleDueAt);
    this.#recallable.set(id, { unit, firstUnit, person, dispatchedAt, handleDueAt, received });
  }

  forgetRecall(id: string): void {
    this.#recallable.delete(id);
  }

  takeRecall(id: string): Partial<FigureRecord> | undefined {
    const kept = this.#recallable.get(id);
    this.#recallable.delete(id);
    return kept;
  }

  mergedInto(id: string, own: number, reports: readonly (readonly [id: string, dueAt: number])[]): void {
    const known = this.#merged.get(id) ?? { own, others: new Map<string, number>() };
    for (const [other, dueAt] of reports) known.others.set(other, dueAt);
    this.#merged.set(id, known);
  }

  unmerged(id: string, other: string): void {
    this.#merged.get(id)?.others.delete(other);
  }

  /** The case's own deadline, apart from those of what was merged into it. */
  own(id: string, unmerged: number): number {
    return this.#merged.get(id)?.own ?? unmerged;
  }

  /** Takes note of the case's own deadline; gives the one that counts: the earliest of its and of what was merged into it. */
  earliest(id: string, own: number): number {
    const known = this.#merged.get(id);
    if (known === undefined) return own;
    known.own = own;
    return this.counting(id, own);
  }

  counting(id: string, unmerged: number): number {
    const known = this.#merged.get(id);
    if (known === undefined) return unmerged;
    return [known.own, ...known.others.values()].reduce((least, due) =>
      due === 0 || (least !== 0 && least <= due) ? least : due,
    );
  }
}

export interface FigureFold {
  readonly codes: Codes;
  readonly rules: FigureRules;
  readonly rare: RareFacts;
}

const ownSources: readonly Source[] = ['grid_staff', 'lane_steward', 'video'];
/** Side procedures after which an order can still be recalled. */
const asides: ReadonlySet<CaseEvent['type']> = new Set<CaseEvent['type']>([
  'case.supervised.v1',
  'case.supervision_answered.v1',
  'case.urged.v1',
  'case.extended.v1',
  'case.extension_requested.v1',
  'case.extension_passed.v1',
  'case.extension_refused.v1',
  'case.suspension_requested.v1',
  'case.suspension_refused.v1',
  'case.redated.v1',
  'case.merged.v1',
  'case.unmerged.v1',
  'case.whistled.v1',
  'case.order_accepted.v1',
  'case.order_arrived.v1',
  'case.order_answered.v1',
  'case.order_waived.v1',
  'case.endorsement_started.v1',
  'case.endorsed.v1',
  'case.endorsement_delegated.v1',
  'case.endorsement_skipped.v1',
  'case.appealed.v1',
  'case.appeal_reviewed.v1',
  'case.reporter_recorded.v1',
  'case.reporter_revealed.v1',
  'case.reporter_erased.v1',
]);

/** Writes what an event says into the record of its case; an empty one for the first event. Total over the journal. */
export function foldFigures(record: FigureRecord, event: CaseEvent, fold: FigureFold): void {
  const recallable =
    event.type === 'case.dispatched.v2' ||
    event.type === 'case.sub_dispatched.v2' ||
    event.type === 'ticket.assigned.v1';
  if (recallable) fold.rare.keepForRecall(event.caseId, record);
  else if (event.type !== 'case.recalled.v1' && !asides.has(event.type)) fold.rare.forgetRecall(event.caseId);
  note(record, event, fold);
}

function note(record: FigureRecord, event: CaseEvent, fold: FigureFold): void {
  const { codes, rules, rare } = fold;
  const at = secondsOf(event.at);
  switch (event.type) {
    case 'case.reported.v2':
      begin(record, event, event.source, event.reportedAt, fold);
      return beginStage(record, stage.register, event.dueAt);
    case 'case.archived.v1':
      begin(record, event, event.source, event.reportedAt, fold);
      mark(record, flag.isArchived | flag.isClosed, true);
      record.closedAt = event.closedAt === null ? 0 : secondsOf(event.closedAt);
      return mark(record, flag.isImpossible, event.closedAt !== null && event.closedAt < event.reportedAt);
    case 'ticket.received.v1':
      begin(record, event, 'hotline', event.issuedAt, fold);
      mark(record, flag.isTicket, true);
      record.handleDueAt = event.handle.dueAt;
      record.contactDueAt = event.contactDueAt;
      record.firstUnit = codes.index(event.unit);
      record.unit = record.firstUnit;
      record.received = 1;
      if (record.township === 0) setPlace(record, rules.placeOf(event.unit, dayOf(event.issuedAt)), codes);
      return;
    case 'case.verify_requested.v1':
      record.verifies = more(record.verifies);
      record.verifyAskedAt = at;
      return beginStage(record, stage.verify, event.dueAt);
    case 'case.verified.v2':
      record.verifiesDone = more(record.verifiesDone);
      if (isInTime(record, event.at)) record.verifiesOnTime = more(record.verifiesOnTime);
      return beginStage(record, stage.register, event.dueAt);
    case 'case.registered.v1':
      if (record.registeredAt === 0) {
        record.registeredAt = at;
        mark(record, flag.isFiledOnTime, isInTime(record, event.at));
      }
      return endStage(record);
    case 'case.rejected.v1':
      return end(record, at, flag.isRejected);
    case 'case.voided.v1':
      return end(record, at, flag.isVoid);
    case 'case.closed.v1':
    case 'case.force_closed.v1':
      return end(record, at, flag.isClosed);
    case 'case.dispatched.v2':
      sendTo(record, event, at, codes);
      if (event.deadline === null || rare.own(event.caseId, record.handleDueAt) !== 0) return;
      setDue(record, event.caseId, event.deadline.dueAt, rare);
      return;
    case 'ticket.assigned.v1':
    case 'case.sub_dispatched.v2':
      return sendTo(record, event, at, codes);
    case 'case.handed_over.v1':
      return receive(record, event.unit, event.personId, codes);
    case 'case.escalated.v1':
      return receive(record, event.unit, null, codes);
    case 'case.recalled.v1': {
      const before = rare.takeRecall(event.caseId);
      if (before === undefined) return;
      // A clock that ran before may have been extended meanwhile.
      const own = before.handleDueAt === 0 ? 0 : rare.own(event.caseId, record.handleDueAt);
      Object.assign(record, before, { handleDueAt: rare.earliest(event.caseId, own) });
      return;
    }
    case 'case.returned.v2':
      if (event.to === 'handling') record.handledAt = 0;
      if (event.to === 'handling' || event.to === 'pending_handle' || event.returnedTo === 'ACCEPTOR') return;
      sentBack(record, event.reasonCode, event.at, rules);
      record.unit = codes.index(event.unit);
      return;
    case 'ticket.return_reviewed.v1':
      if (event.unit === null) return;
      sentBack(record, null, event.at, rules);
      return receive(record, event.unit, null, codes);
    case 'case.accepted.v1':
    case 'ticket.accepted.v1':
      record.person = codes.index(event.handlerId);
      return;
    case 'ticket.contacted.v1':
      if (event.handlerId !== null) record.person = codes.index(event.handlerId);
      // The first contact counts, in whatever round.
      if (record.contactDueAt === 0) return;
      mark(record, flag.isContactOnTime, event.at <= record.contactDueAt);
      record.contactDueAt = 0;
      return;
    case 'case.handled.v2':
      return mark(record, flag.hasResultPhoto, event.photos.length > 0);
    case 'case.fed_back.v1':
    case 'ticket.replied.v1':
      record.handledAt = at;
      return mark(record, flag.isHandledLate, record.handleDueAt > 0 && event.at > record.handleDueAt);
    case 'case.reworked.v2':
    case 'case.close_failed.v1':
      record.unit = codes.index(event.unit);
      return doAgain(record, event.caseId, event.dueAt, rare);
    case 'ticket.redone.v1':
      return doAgain(record, event.caseId, event.dueAt, rare);
    case 'case.check_requested.v1':
      record.checks = more(record.checks);
      record.checkAskedAt = at;
      return beginStage(record, stage.check, event.dueAt);
    case 'case.checked.v2':
      record.checksDone = more(record.checksDone);
      if (isInTime(record, event.at)) record.checksOnTime = more(record.checksOnTime);
      if (event.result === 'passed') record.checksPassed = more(record.checksPassed);
      return endStage(record);
    case 'ticket.concluded.v1': {
      const day = dayOf(event.at);
      const solved = rules.answerCounts('solved', event.solved, day);
      const satisfied = rules.answerCounts('satisfied', event.satisfied, day);
      mark(record, flag.hasAnsweredSolved, solved !== null);
      mark(record, flag.hasAnsweredSatisfied, satisfied !== null);
      record.solvedCounts = Math.round((solved ?? 0) * 1_000);
      record.satisfiedCounts = Math.round((satisfied ?? 0) * 1_000);
      return end(record, at, flag.isClosed);
    }
    case 'case.extended.v1':
      record.extensions = more(record.extensions);
      return setDue(record, event.caseId, event.dueAt, rare);
    case 'case.suspended.v1':
      record.suspensions = more(record.suspensions);
      return;
    case 'case.resumed.v1':
      return setDue(record, event.caseId, event.dueAt, rare);
    case 'case.redated.v1':
      if (event.clock === 'handle') setDue(record, event.caseId, event.after, rare);
      else if (stage[event.clock === 'dispatch' ? 'none' : event.clock] === record.stage)
        record.stageDueAt = event.after;
      return;
    case 'case.appealed.v1':
      return mark(record, flag.isAppealForExclusion, event.kind === 'exclude');
    case 'case.appeal_reviewed.v1':
      mark(record, flag.isAppealRefused, event.result === 'refused');
      mark(record, flag.isAppealGranted, event.result === 'granted');
      if (event.result !== 'granted') return;
      return mark(record, has(record, flag.isAppealForExclusion) ? flag.isExcluded : flag.isExempt, true);
    case 'case.merged.v1':
      rare.mergedInto(
        event.caseId,
        record.handleDueAt,
        event.reports.map(({ caseId, handleDueAt }) => [caseId, handleDueAt ?? 0]),
      );
      record.handleDueAt = rare.counting(event.caseId, record.handleDueAt);
      return;
    case 'case.unmerged.v1':
      rare.unmerged(event.caseId, event.id);
      record.handleDueAt = rare.counting(event.caseId, record.handleDueAt);
      return;
    case 'case.merged_into.v1':
      return mark(record, flag.isMerged, true);
    case 'case.unmerged_from.v1':
      return mark(record, flag.isMerged, false);
    default:
      // The rest says nothing that counts.
      return;
  }
}

type First = Extract<CaseEvent, { readonly type: 'case.reported.v2' | 'case.archived.v1' | 'ticket.received.v1' }>;

function begin(record: FigureRecord, event: First, source: Source, reportedAt: Instant, fold: FigureFold): void {
  const { codes, rules } = fold;
  record.idDay = Number(event.caseId.slice(0, 8));
  record.idSerial = Number(event.caseId.slice(8));
  record.source = codes.index(source);
  record.classCode = codes.index(classKey(event.classRef));
  record.reportedAt = secondsOf(reportedAt);
  mark(record, flag.isSelfFound, ownSources.includes(source));
  mark(record, flag.isAhead, reportedAt > event.at + DAY_MS);
  const { gridCode, lon, lat } = event.place;
  record.lon = microOf(lon);
  record.lat = microOf(lat);
  if (gridCode !== null) setPlace(record, rules.placeOf(gridCode, dayOf(reportedAt)), codes);
}

/** A class in figures: its kind and code, since codes of components and matters overlap (domain.md §1, 2). */
function classKey({ kind, code }: { readonly kind: string; readonly code: string }): string {
  return `${kind}:${code}`;
}

function setPlace(record: FigureRecord, { township, village, grid }: Territory, codes: Codes): void {
  record.township = codes.index(township);
  record.village = codes.index(village);
  record.grid = codes.index(grid);
}

interface Order {
  readonly unit: string;
  readonly personId: string | null;
}

function sendTo(record: FigureRecord, event: Order, at: number, codes: Codes): void {
  if (record.dispatchedAt === 0) {
    record.dispatchedAt = at;
    if (!has(record, flag.isTicket)) record.firstUnit = codes.index(event.unit);
  }
  receive(record, event.unit, event.personId, codes);
}

function receive(record: FigureRecord, unit: string | null, person: string | null, codes: Codes): void {
  record.unit = codes.index(unit);
  record.person = codes.index(person);
  if (unit !== null) record.received = more(record.received);
}

function sentBack(record: FigureRecord, reasonCode: string | null, at: Instant, rules: FigureRules): void {
  record.returns = more(record.returns);
  if (record.unit !== record.firstUnit && !has(record, flag.isTicket)) return;
  if (reasonCode === null || rules.isDispatchersFault(reasonCode, dayOf(at))) mark(record, flag.isBounced, true);
}

function setDue(record: FigureRecord, id: string, dueAt: Instant, rare: RareFacts): void {
  record.handleDueAt = rare.earliest(id, dueAt);
}

function doAgain(record: FigureRecord, id: string, dueAt: Instant | null, rare: RareFacts): void {
  record.reworks = more(record.reworks);
  record.handledAt = 0;
  mark(record, flag.isHandledLate, false);
  if (dueAt !== null) setDue(record, id, dueAt, rare);
}

function end(record: FigureRecord, at: number, how: number): void {
  record.closedAt = at;
  mark(record, how, true);
  endStage(record);
}

function beginStage(record: FigureRecord, which: number, dueAt: Instant | null): void {
  record.stage = which;
  record.stageDueAt = dueAt ?? 0;
}

function endStage(record: FigureRecord): void {
  record.stage = stage.none;
  record.stageDueAt = 0;
}

function isInTime(record: FigureRecord, at: Instant): boolean {
  return record.stageDueAt === 0 || at <= record.stageDueAt;
}

function more(count: number): number {
  return Math.min(255, count + 1);
}
