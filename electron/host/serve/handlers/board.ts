import { caseRow } from '#contract/case-row.ts';
import type { Board } from '#contract/board.ts';
import type { CaseRow } from '#contract/cases.ts';
import { instantOf } from '#contract/schema.ts';
import { instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import type { PastPicture, Until } from '#host/ports/history.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

/** The board as it was known at a moment: open cases, who held them, counts. */
export function boardReads({ history, journal, clock }: HostParts): Pick<Handlers, 'board.at'> {
  return {
    'board.at': async ({ time, sequence, limit }) => {
      const { sequence: head } = journal.head();
      let until: Until = { sequence: Math.min(sequence ?? head, head) };
      if (time !== undefined) until = { time: instant(instantOf(time)) };
      let picture: PastPicture;
      try {
        picture = await history.pictureAt(until);
      } catch (cause) {
        // The damage is a health fact; a picture out of half a journal would be wrong.
        if (journal.readOnlyReason() !== null) return refuse('unavailable', { part: 'journal' });
        throw cause;
      }
      const known = 'time' in until ? until.time : (picture.recordedAt ?? clock.now());
      return ok(boardOf(picture, Math.min(known, clock.now()), limit));
    },
  };
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
