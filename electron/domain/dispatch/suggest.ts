import type { Instant } from '#domain/base/instant.ts';
import type { HandleMode, TakenLimit } from '#domain/case/side.ts';
import type { CaseState } from '#domain/case/state.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { DutyInForce, DutyUnit, ReferenceTables } from '#domain/reference/reference-tables.ts';
import { classKeyOf } from '#domain/same-cause/facts.ts';
import type { DispatchRecord, Share } from './dispatch-record.ts';
import type { Unit } from './units.ts';

/** Why a unit is suggested, as data for words. */
export interface SuggestionReason {
  readonly kind: 'duty' | 'territory' | 'history' | 'accuracy' | 'returned' | 'stands_in' | 'whole_class';
  readonly detail: Readonly<Record<string, string>>;
}

/** A unit with the person whom the order names 责任到人. */
export interface SuggestedUnit {
  readonly unit: Unit;
  readonly personId: string | null;
  readonly personDisplay: string | null;
}

/** To whom a case could go, and why. */
export interface Suggestion {
  readonly lead: SuggestedUnit;
  readonly co: readonly SuggestedUnit[];
  readonly mode: HandleMode;
  readonly limit: TakenLimit & { readonly isPlaceholder: boolean };
  readonly accuracy: Share;
  readonly reasons: readonly SuggestionReason[];
  readonly isAutomatic: boolean;
  readonly isPlaceholder: boolean;
}

/** Weights of the order, each between 0 and 1. A placeholder of our own: no rule is published (domain.md §15). */
const weights = { duty: 1, nextDuty: 0.12, wholeClass: 0.45, territory: 0.5, history: 0.6, returned: 0.05 } as const;

const MOST = 6;
/** A unit that handled fewer of a class is no pattern. */
const LEAST_HANDLED = 2;

interface Candidate {
  readonly lead: DutyUnit;
  readonly duty: DutyInForce | null;
  score: number;
  readonly reasons: SuggestionReason[];
}

/**
 * Who should get a case, best first, each with its reasons: responsibilities 权责清单 (most exact first), then 属地, then
 * units that handled this class here. Past returns count: the score is multiplied by 首派准确率 (of few dispatches less
 * so), and a unit that sent this very case back comes last.
 */
export function suggestDispatch(
  found: CaseState,
  tables: ReferenceTables,
  record: DispatchRecord,
  now: Instant,
): readonly Suggestion[] {
  const day = dayOf(now);
  const classKey = classKeyOf(found.classRef);
  const areaCode = found.place.gridCode ?? (found.record === 'ticket' ? (found.holder?.unit ?? null) : null);
  const candidates = new Map<string, Candidate>();
  const add = (lead: DutyUnit, duty: DutyInForce | null, score: number, reason: SuggestionReason) => {
    const known = candidates.get(lead.unit.code);
    if (known !== undefined) {
      known.score = Math.max(known.score, score) + Math.min(known.score, score) / 10;
      known.reasons.push(reason);
      return;
    }
    const standsIn: SuggestionReason[] =
      lead.standsInFor === null
        ? []
        : [{ kind: 'stands_in', detail: { for: lead.standsInFor, because: String(lead.because) } }];
    candidates.set(lead.unit.code, { lead, duty, score, reasons: [reason, ...standsIn] });
  };

  const { record: kind, classRef } = found;
  const duties = tables.dutiesFor({ record: kind, classRef, areaCode, at: now });
  for (const [index, duty] of duties.entries()) {
    const isExact = duty.duty.code !== '';
    const score = isExact ? Math.max(weights.wholeClass, weights.duty - index * weights.nextDuty) : weights.wholeClass;
    const detail = {
      row: String(duty.duty.row),
      code: duty.duty.code,
      area: duty.duty.area ?? '',
      lead: duty.duty.lead,
    };
    add(duty.lead, duty, score, { kind: isExact ? 'duty' : 'whole_class', detail });
  }
  const [local] = tables.units.chainFor(areaCode, day);
  if (local !== undefined) {
    const lead = { unit: local, asked: '@township', standsInFor: null, because: null };
    add(lead, null, weights.territory, { kind: 'territory', detail: { unit: local.code } });
    const past = record.handledIn(classKey, local.code, now);
    for (const { unit, count } of past.units.slice(0, MOST)) {
      const known = tables.units.replacementFor(unit, day);
      if (count < LEAST_HANDLED || known === undefined) continue;
      const standsInFor = known.because === null ? null : unit;
      add(
        { unit: known.unit, asked: unit, standsInFor, because: known.because },
        null,
        weights.history * (count / past.all),
        {
          kind: 'history',
          detail: { count: String(count), all: String(past.all) },
        },
      );
    }
  }

  const limit = limitOf(found, tables, now);
  const returned = new Set(found.chain.filter(({ outcome }) => outcome === 'returned').map(({ unit }) => unit));
  return [...candidates.values()]
    .map((candidate) => {
      const accuracy = record.accuracy(classKey, candidate.lead.unit.code, now);
      const sentBack = returned.has(candidate.lead.unit.code);
      const score = candidate.score * expected(accuracy) * (sentBack ? weights.returned : 1);
      return { candidate, accuracy, sentBack, score };
    })
    .sort((a, b) => b.score - a.score || (a.candidate.lead.unit.code < b.candidate.lead.unit.code ? -1 : 1))
    .slice(0, MOST)
    .map(({ candidate, accuracy, sentBack }) => {
      const { duty, lead, reasons } = candidate;
      const extra: SuggestionReason[] = [];
      if (accuracy.all > 0) {
        extra.push({ kind: 'accuracy', detail: { right: String(accuracy.right), all: String(accuracy.all) } });
      }
      if (sentBack) extra.push({ kind: 'returned', detail: { unit: lead.unit.code } });
      const co = duty?.co ?? [];
      return {
        lead: {
          unit: lead.unit,
          personId: duty?.person?.id ?? null,
          personDisplay: duty?.person?.display ?? null,
        },
        co: co.map(({ unit }) => ({ unit, personId: null, personDisplay: null })),
        mode: co.length > 0 ? 'joint' : 'frontline',
        limit,
        accuracy,
        reasons: [...reasons, ...extra],
        isAutomatic: duty?.duty.isAutomatic === true && !sentBack && found.returnCount === 0,
        isPlaceholder: duty?.duty.isPlaceholder ?? false,
      };
    });
}

/** Laplace's rule: with nothing known a dispatch is taken to be right nine times in ten. */
function expected({ right, all }: Share): number {
  return (right + 9) / (all + 10);
}

function limitOf(found: CaseState, tables: ReferenceTables, at: Instant): Suggestion['limit'] {
  const { record, classRef, place, condition, side } = found;
  const timeClass = side.ticket?.timeClass ?? null;
  const areaCode = place.gridCode;
  const taken = caseRules(tables).limitFor({ record, clock: 'handle', classRef, areaCode, timeClass, condition, at });
  const clock = record === 'ticket' ? 'ticket_handle' : 'handle';
  const { isPlaceholder } = tables.limitFor({ record, clock, classRef, timeClass, condition, day: dayOf(at) });
  return { ...taken, isPlaceholder };
}
