import type { ClockExplanation } from '#contract/clock.ts';
import type { DispatchSuggestions } from '#contract/dispatch.ts';
import { explainCase } from '#domain/case/explain.ts';
import type { CaseState } from '#domain/case/state.ts';
import { suggestDispatch, type SuggestedUnit } from '#domain/dispatch/suggest.ts';
import { instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import { dayOf } from '#domain/reference/day.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type Reads = Pick<Handlers, 'case.explainClock' | 'case.suggestDispatch' | 'units.find' | 'units.people'>;

/** What the rule tables say about a case: the ledger behind its deadlines, and who should get it. */
export function caseRuleReads({ cases, journal, tables, dispatchRecord, clock }: HostParts): Reads {
  return {
    'case.explainClock': async ({ id, sequence, time }) => {
      const sequences = (await cases.load(id)) === undefined ? [] : cases.sequencesOf(id);
      const known = sequences.filter((own) => own <= (sequence ?? Infinity));
      const state = known.length < sequences.length ? await cases.folded(id, known.at(-1) ?? 0) : await cases.load(id);
      if (state === undefined) return refuse('not_found', { caseId: id });
      const entries = await journal.readEach(known);
      const events = entries.flatMap((entry) => entry.events.filter((event) => event.caseId === id));
      const { closedAt } = state;
      // An ended case is counted by the calendar of its end, a past one by that of its last act: what was adopted later
      // does not rewrite them.
      const last = entries.at(-1);
      const ofPast = sequence === undefined ? undefined : last;
      const end = closedAt === null ? ofPast : entries.findLast(({ at }) => at <= closedAt);
      const kept = end === undefined ? null : await tables.calendarOf(end.tables);
      const calendar = kept ?? tables.inForce().calendar;
      const now = instant(Math.max(Math.min(time ?? Infinity, clock.now()), last?.at ?? 0));
      const { clocks } = explainCase(events, calendar, now);
      const isRecounted = end !== undefined && kept === null;
      const explained = { id, asOf: now, calendarVersion: calendar.version, isRecounted, clocks };
      return ok(structuredClone(explained) as unknown as ClockExplanation);
    },

    'case.suggestDispatch': async ({ id }) => {
      const found = await cases.load(id);
      if (found === undefined) return refuse('not_found', { caseId: id });
      const inForce = tables.inForce();
      const suggestions = suggestDispatch(found, inForce, dispatchRecord, clock.now());
      const answer: DispatchSuggestions = {
        id,
        suggestions: suggestions.map((suggestion) => ({
          ...suggestion,
          lead: plain(suggestion.lead),
          co: suggestion.co.map(plain),
          reasons: suggestion.reasons.map(({ kind, detail }) => ({ kind, detail: { ...detail } })),
        })),
        conditions: conditionsOf(found, inForce, clock.now()),
      };
      return ok(answer);
    },

    'units.find': ({ text, limit }) => {
      const { units } = tables.inForce();
      const found = units.search({ text, day: dayOf(clock.now()), kinds: [], below: null, limit });
      const answer = {
        units: found.map(({ code, name, kind, parent, managingTownship }) => {
          const above = managingTownship ?? parent;
          return {
            code,
            name,
            kind,
            parent: above,
            parentName: above === null ? null : (units.unit(above)?.name ?? null),
          };
        }),
      };
      return Promise.resolve(ok(answer));
    },

    'units.people': ({ unit }) => {
      const { units, people } = tables.inForce();
      if (units.unit(unit) === undefined) return Promise.resolve(refuse('unit_unknown', { unit }));
      const found = people.inUnit(unit, dayOf(clock.now()));
      return Promise.resolve(ok({ people: found.map(({ id, display, post }) => ({ id, display, post })) }));
    },
  };
}

function plain({ unit, personId, personDisplay }: SuggestedUnit) {
  return { unit: unit.code, name: unit.name, personId, personDisplay };
}

function conditionsOf(
  { record, classRef, side }: CaseState,
  tables: ReturnType<HostParts['tables']['inForce']>,
  now: Parameters<typeof dayOf>[0],
): DispatchSuggestions['conditions'] {
  const timeClass = side.ticket?.timeClass ?? null;
  const clock = record === 'ticket' ? 'ticket_handle' : 'handle';
  return tables.conditionsFor({ record, clock, classRef, timeClass, day: dayOf(now) }).map((row) => ({
    condition: row.condition,
    closeCondition: row.closeCondition,
    value: row.limit.value,
    unit: row.limit.unit,
    isPlaceholder: row.isPlaceholder,
  }));
}
