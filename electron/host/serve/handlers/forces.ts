import { PositionRow, type PositionReason, type PositionsTaken } from '#contract/forces.ts';
import { instantOf } from '#contract/schema.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import { instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import type { ForceReport } from '#domain/forces/force.ts';
import { nearTo } from '#domain/grid/near.ts';
import { firstIssue, refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';
import { RowBudget } from '../row-budget.ts';

interface RefusedRow {
  readonly row: number;
  readonly reason: PositionReason;
  readonly field: string;
}

/** Positions of people and vehicles. What a bad row says is never repeated or logged: it may be anything. */
export function forceHandlers({
  forces,
  district,
  clock,
}: HostParts): Pick<Handlers, 'positions.report' | 'forces.track'> {
  const budget = new RowBudget(clock);
  function read(content: unknown, row: number, isNear: ReturnType<typeof nearTo>): ForceReport | RefusedRow {
    const parsed = PositionRow.safeParse(content);
    if (!parsed.success) return { row, reason: 'bad_row', field: firstIssue(parsed.error)['field'] ?? '' };
    const { at, ...rest } = parsed.data;
    const isPersonal = maskPersonalNumbers(rest.id) !== rest.id;
    if (isPersonal) return { row, reason: 'personal_number', field: 'id' };
    if (!isNear(rest.lon, rest.lat)) return { row, reason: 'outside', field: 'lon' };
    return { ...rest, at: instant(instantOf(at)), isDemo: false };
  }

  return {
    'positions.report': ({ rows }, { principal }) => {
      const looked = rows.slice(0, budget.take(principal.id, rows.length));
      const dropped = rows.length - looked.length;
      // The net may have been exchanged since the last report.
      const isNear = nearTo(district.areas);
      const all = looked.map((content, row) => read(content, row, isNear));
      const good = all.flatMap((one, row) => ('reason' in one ? [] : [{ report: one, row }]));
      const bad = all.flatMap((one) => ('reason' in one ? [one] : []));
      const outcomes = forces.report(good.map(({ report }) => report));
      forces.count({ refused: bad.length, dropped });
      const answer: PositionsTaken = { taken: 0, older: 0, refused: [...bad], dropped };
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome === 'taken' || outcome === 'older') answer[outcome] += 1;
        else answer.refused.push({ row: good[index]?.row ?? 0, reason: outcome, field: fieldOf[outcome] });
      }
      answer.refused.sort((a, b) => a.row - b.row);
      return Promise.resolve(ok(answer));
    },

    'forces.track': ({ id }) => {
      const points = forces.track(id);
      if (points === undefined) return Promise.resolve(refuse('not_found', { id }));
      return Promise.resolve(ok({ id, points: [...points] }));
    },
  };
}

const fieldOf = { too_late: 'at', full: 'id', other_kind: 'kind' } as const;
