import type { CaseRow } from '#contract/cases.ts';
import { caseRow } from '#contract/case-row.ts';
import type { Incident, WallReview } from '#contract/wall.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { required } from '#domain/base/assert-never.ts';
import { ok } from '#domain/base/result.ts';
import type { CaseState } from '#domain/case/state.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type WallHandlers = Pick<
  Handlers,
  'wall.hello' | 'wall.state' | 'wall.set' | 'wall.push' | 'wall.release' | 'wall.incident' | 'wall.review'
>;

const MONTHS = 12;
/** A review is made of many counts: pages that ask within this time get the same one. */
const REVIEW_KEPT_MS = 5 * MINUTE_MS;

/** The wall: what is shown where, and what its pages read. No answer holds words of people (decision 22). */
export function wallHandlers(parts: HostParts): WallHandlers {
  const { wall, cases, journal } = parts;
  let review: { readonly at: number; readonly made: Promise<WallReview> } | null = null;
  return {
    'wall.hello': (page) => {
      const shown = wall.hello(page);
      return Promise.resolve(shown === null ? refuse('busy') : ok(shown));
    },
    'wall.state': () => Promise.resolve(ok(wall.overview())),
    'wall.set': (change) => wall.set(change),
    'wall.push': (push, { principal }) => wall.push(push, principal.id),
    'wall.release': (what) => wall.release(what),

    'wall.incident': async ({ caseId }) => {
      const state = await cases.load(caseId);
      if (state === undefined) return refuse('not_found', { caseId });
      const sequences = cases.sequencesOf(caseId);
      const entries = await journal.readEach(sequences);
      const steps = entries.flatMap(({ sequence, events }) =>
        events
          .filter((event) => event.caseId === caseId)
          .map(({ version, at, type, by }) => ({ sequence, version, at, type, unit: by.unit })),
      );
      const last = required(sequences.at(-1), 'a case has an entry');
      return ok({ row: wordless(caseRow(state, last)), tasks: tasksOf(state), steps });
    },

    'wall.review': async () => {
      const now = parts.clock.now();
      if (review === null || now - review.at > REVIEW_KEPT_MS) review = { at: now, made: reviewOf(parts) };
      const asked = review;
      try {
        return ok(await asked.made);
      } catch (cause) {
        if (review === asked) review = null;
        if (cause instanceof ProjectionUnavailable) return refuse(codeOf(cause));
        throw cause;
      }
    },
  };
}

/** The row without what a person wrote: a name in a description can't be told from a word. */
export function wordless(row: CaseRow): CaseRow {
  return { ...row, description: '', address: '' };
}

function codeOf({ reason }: ProjectionUnavailable): ErrorCode {
  return reason === 'busy' ? 'busy' : reason === 'rebuilding' ? 'archive_rebuilding' : 'unavailable';
}

function tasksOf({ chain, side }: CaseState): Incident['tasks'] {
  const hops = chain.map((hop) => ({
    ...{ unit: hop.unit, kind: 'hop' as const, state: hop.outcome ?? 'underway', since: hop.sentAt },
    ...{ arrivedAt: null, endedAt: hop.endedAt },
  }));
  const orders = side.orders.flatMap((order) =>
    order.sentAt === null
      ? []
      : [
          {
            ...{ unit: order.unit, kind: 'order' as const, state: order.state, since: order.sentAt },
            ...{ arrivedAt: order.arrivedAt, endedAt: order.endedAt },
          },
        ],
  );
  return [...hops, ...orders];
}

async function reviewOf({ projection, cases, district, townshipOf, clock }: HostParts): Promise<WallReview> {
  const now = clock.now();
  const starts = Array.from({ length: MONTHS + 1 }, (_, at) => monthStart(now, at - MONTHS + 1));
  const counted = async (openedFrom: number, openedTo: number, gridCode?: string) => {
    const filter = { openedFrom, openedTo, ...(gridCode === undefined ? {} : { gridCode }) };
    const { count, open } = await projection.count(filter, now);
    return { received: count, ended: count - open };
  };
  const months: WallReview['months'] = [];
  for (const [at, from] of starts.slice(0, MONTHS).entries()) {
    months.push({ from, ...(await counted(from, starts[at + 1] ?? now)) });
  }
  const here = new Map<string, { open: number; overdue: number }>();
  for (const state of cases.openStates()) {
    const code = townshipOf(state);
    if (code === null) continue;
    const township = here.get(code) ?? { open: 0, overdue: 0 };
    township.open += 1;
    if (state.dueAt !== null && state.dueAt < now) township.overdue += 1;
    here.set(code, township);
  }
  const { areas } = district.map;
  const level = Math.max(...areas.map((area) => area.level)) > 2 ? 2 : 1;
  const townships: WallReview['townships'] = [];
  for (const { code } of areas.filter((area) => area.level === level)) {
    const month = await counted(starts[MONTHS - 1] ?? now, starts[MONTHS] ?? now, code);
    townships.push({ area: code, ...month, ...(here.get(code) ?? { open: 0, overdue: 0 }) });
  }
  return { at: now, months, townships };
}

/** First instant in Beijing of the month that lies so many months from that of `now`. */
function monthStart(now: number, months: number): number {
  const local = new Date(now + BEIJING_MS);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1) - BEIJING_MS;
}

const BEIJING_MS = 8 * 3_600_000;
