import { caseRow } from '#contract/case-row.ts';
import type { Board } from '#contract/board.ts';
import type { CaseRow } from '#contract/cases.ts';
import { packCases } from '#contract/packed-cases.ts';
import { instantOf, type InstantInput } from '#contract/schema.ts';
import { HOUR_MS, instant, MINUTE_MS, type Instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import type { PastPicture, Until } from '#host/ports/history.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';
import { SentPictures } from '../sent-pictures.ts';

/** Bars of the scrubber, from a minute on: the narrowest that are few enough. */
const barWidths = [1, 5, 15, 60, 360, 1_440, 10_080, 43_200].map((minutes) => minutes * MINUTE_MS);
/** Part of a mean bar by which a bar of a long journal may be off: nobody sees it, and exact places cost looks at the disk. */
const BAR_SHARE = 25;
/** Beijing is so far ahead of UTC all year: days and quarters of days begin there. */
const BEIJING_MS = 8 * HOUR_MS;

type Reads = Pick<Handlers, 'board.at' | 'board.step' | 'board.learn' | 'board.range'>;

/** The board at a moment: open cases, who held them, counts; and how far back moments go. */
export function boardReads({ history, journal, clock }: HostParts): Reads {
  const sent = new SentPictures();
  const untilOf = (time: InstantInput | undefined, sequence: number | undefined): Until => {
    const { sequence: head } = journal.head();
    return time === undefined ? { sequence: Math.min(sequence ?? head, head) } : { time: instant(instantOf(time)) };
  };
  const asOf = (until: Until, recordedAt: Instant | null) =>
    Math.min('time' in until ? until.time : (recordedAt ?? clock.now()), clock.now());
  /** Damage is a health fact; a picture out of half a journal would be wrong. */
  const whole = async <Value>(made: () => Promise<Value>) => {
    try {
      return ok(await made());
    } catch (cause) {
      if (journal.readOnlyReason() !== null) return refuse('unavailable', { part: 'journal' });
      throw cause;
    }
  };
  return {
    'board.at': ({ time, sequence, limit }) =>
      whole(async () => {
        const until = untilOf(time, sequence);
        const picture = await history.pictureAt(until);
        return boardOf(picture, asOf(until, picture.recordedAt), limit);
      }),

    'board.step': ({ time, sequence, knowledge, from }) =>
      whole(async () => {
        const until = untilOf(time, sequence);
        const picture = knowledge === 'now' ? await history.hindsightAt(until) : await history.pictureAt(until);
        const { upserts, removed, ...names } = sent.next(picture.open, from);
        return {
          ...names,
          knowledge,
          sequence: picture.sequence,
          recordedAt: picture.recordedAt,
          asOf: asOf(until, picture.recordedAt),
          knownUntil: 'knownUntil' in picture ? picture.knownUntil : picture.sequence,
          open: picture.open.length,
          upserts: packCases(upserts.map((past) => caseRow(past.state, past.sequence))),
          removed: [...removed],
        };
      }),

    'board.learn': ({ time, sequence }) => whole(() => history.learnSince(untilOf(time, sequence))),

    'board.range': ({ from, to, most }) =>
      whole(async () => {
        const { sequence } = journal.head();
        const ends = sequence === 0 ? [] : await journal.readEach([1, sequence]);
        const first = ends[0]?.at ?? null;
        const last = ends.at(-1)?.at ?? null;
        const begin = first ?? clock.now();
        const start = from === undefined ? begin : Math.max(begin, instantOf(from));
        const end = Math.max(start, to === undefined ? (last ?? start) : instantOf(to));
        const bars = barsOf(start, end, most);
        const edges = Array.from({ length: bars.count + 1 }, (_, at) => instant(bars.from + at * bars.barMs));
        const before = await history.sequencesBefore(edges, Math.floor(sequence / bars.count / BAR_SHARE));
        const entries = before.slice(1).map((value, at) => value - (before[at] ?? 0));
        return { first, last, sequence, from: bars.from, barMs: bars.barMs, entries };
      }),
  };
}

/** Bars that hold both ends; they may be fewer than wanted, never more. */
function barsOf(from: number, to: number, most: number): { from: number; barMs: number; count: number } {
  const cut = (barMs: number) => {
    const shift = barMs > HOUR_MS ? BEIJING_MS : 0;
    const start = Math.floor((from + shift) / barMs) * barMs - shift;
    return { from: start, barMs, count: Math.floor((to - start) / barMs) + 1 };
  };
  const fitting = barWidths.map(cut).find(({ count }) => count <= most);
  if (fitting !== undefined) return fitting;
  const widest = barWidths.at(-1) ?? MINUTE_MS;
  return cut(widest * Math.ceil((to - from + widest) / widest / Math.max(1, most - 1)));
}

function boardOf({ sequence, recordedAt, total, open }: PastPicture, asOf: number, limit: number): Board {
  const rows = open.map((past) => caseRow(past.state, past.sequence)).sort(dueFirst);
  const states = new Map<CaseRow['state'], number>();
  const holders = new Map<string | null, { readonly unit: string | null; open: number; overdue: number }>();
  let overdue = 0;
  for (const { state, holderUnit, dueAt } of rows) {
    const late = dueAt !== null && dueAt < asOf ? 1 : 0;
    overdue += late;
    states.set(state, (states.get(state) ?? 0) + 1);
    const holder = holders.get(holderUnit) ?? { unit: holderUnit, open: 0, overdue: 0 };
    holder.open += 1;
    holder.overdue += late;
    holders.set(holderUnit, holder);
  }
  return {
    ...{ sequence, recordedAt, asOf },
    counts: { total, open: rows.length, overdue },
    states: Array.from(states, ([state, count]) => ({ state, open: count })),
    holders: [...holders.values()].sort((a, b) => b.open - a.open),
    cases: rows.slice(0, limit),
  };
}

function dueFirst(a: CaseRow, b: CaseRow): number {
  return (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1);
}
