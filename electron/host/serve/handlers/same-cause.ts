import { caseRow } from '#contract/case-row.ts';
import { instantOf } from '#contract/schema.ts';
import type { Duplicates, DuplicatesQuery, Nearby } from '#contract/same-cause.ts';
import { maskPersonalNumbers } from '#domain/access/mask.ts';
import { required } from '#domain/base/assert-never.ts';
import { DAY_MS, instant, plus, type Instant } from '#domain/base/instant.ts';
import { ok } from '#domain/base/result.ts';
import type { CaseState } from '#domain/case/state.ts';
import { classKeyOf, factsOfCase, type SameCauseQuery } from '#domain/same-cause/facts.ts';
import { isRepeatComplaint } from '#domain/same-cause/repeat-complaint.ts';
import type { SpotRow } from '#domain/same-cause/same-cause-index.ts';
import { refuse, type Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

type SameCauseReads = Pick<Handlers, 'case.duplicates' | 'case.nearby'>;

/** Where `case.nearby` looks; `own` is the case asked about. */
interface Spot {
  readonly own: CaseState | null;
  readonly point: { readonly lon: number; readonly lat: number } | null;
  readonly classKey: string | null;
}

/** Cases that may have the same cause 同因, and what was at a spot before. */
export function sameCauseReads({ sameCause, cases, district, clock }: HostParts): SameCauseReads {
  const { policy } = sameCause;

  const draftQuery = (draft: Exclude<DuplicatesQuery, { id: string }>): SameCauseQuery => {
    const { classRef, lon, lat, reportedAt } = draft;
    return {
      ...{ id: null, lon, lat, reporterId: null },
      classKey: classRef === undefined ? null : classKeyOf(classRef),
      className: classRef?.name ?? null,
      gridCode: lon === null || lat === null ? null : district.locate(lon, lat),
      // Recorded words have lost these numbers (decision 3); only so they are the same words.
      address: maskPersonalNumbers(draft.address),
      description: maskPersonalNumbers(draft.description),
      reportedAt: reportedAt === undefined ? clock.now() : instant(instantOf(reportedAt)),
    };
  };

  const nearby = async (spot: Spot, range: Range): Promise<Nearby> => {
    const now = clock.now();
    const asOf = sameCause.sequence();
    const found = historyAround(spot, {
      radiusMetres: Math.max(range.radiusMetres, policy.repeat.radiusMetres),
      since: plus(now, -Math.max(range.days, policy.repeat.days) * DAY_MS),
    });
    const since = plus(now, -range.days * DAY_MS);
    const rows = found.filter(
      ({ id, metres, reportedAt, closedAt }) =>
        id !== spot.own?.id && metres <= range.radiusMetres && (reportedAt >= since || closedAt === null),
    );
    const states = await Promise.all(rows.slice(0, range.limit).map(({ id }) => cases.load(id)));
    return {
      rows: states.flatMap((state, at) =>
        state === undefined ? [] : nearbyRow(required(rows[at], 'as many rows'), state),
      ),
      count: rows.length,
      countByClass: countByClass(rows),
      isRepeat: isRepeatAt(spot, found, now),
      asOf,
      isWhole: sameCause.isWhole(),
      isPlaceholder: policy.isPlaceholder,
    };
  };

  const historyAround = (
    { point, classKey }: Spot,
    range: { readonly radiusMetres: number; readonly since: Instant },
  ): readonly SpotRow[] => {
    if (point === null) return [];
    return sameCause.historyAt(classKey === null ? point : { ...point, classKey }, range);
  };

  /** Of the class asked for; where none was, of any. */
  const isRepeatAt = ({ own, classKey }: Spot, found: readonly SpotRow[], now: Instant): boolean => {
    const isKnown = own === null || found.some(({ id }) => id === own.id);
    const itself = own === null || isKnown ? [] : [{ metres: 0, sameClass: true, reportedAt: own.reportedAt }];
    if (classKey !== null) return isRepeatComplaint([...found, ...itself], policy.repeat, now);
    const keys = new Set(found.map((row) => row.classKey));
    return [...keys].some((key) =>
      isRepeatComplaint(
        found.map((row) => ({ ...row, sameClass: row.classKey === key })),
        policy.repeat,
        now,
      ),
    );
  };

  return {
    'case.duplicates': async (input) => {
      const state = 'id' in input ? await cases.load(input.id) : null;
      if (state === undefined) return refuse('not_found', 'id' in input ? { caseId: input.id } : {});
      const query = 'id' in input ? factsOfCase(required(state, 'a case was asked for')) : draftQuery(input);
      const asOf = sameCause.sequence();
      const found = sameCause.candidates(query, input.limit);
      const candidates: Duplicates['candidates'][number][] = [];
      for (const { id, score, isStrong, reasons } of found) {
        const own = await cases.load(id);
        const sequence = cases.sequencesOf(id).at(-1);
        if (own === undefined || sequence === undefined) continue;
        candidates.push({ id, score, isStrong, reasons: [...reasons], row: caseRow(own, sequence) });
      }
      return ok({ candidates, asOf, isWhole: sameCause.isWhole(), isPlaceholder: policy.isPlaceholder });
    },

    'case.nearby': async (input) => {
      if (!('id' in input)) {
        const { lon, lat, class: asked } = input;
        const classKey = asked === undefined ? null : classKeyOf(asked);
        return ok(await nearby({ own: null, point: { lon, lat }, classKey }, input));
      }
      const own = await cases.load(input.id);
      if (own === undefined) return refuse('not_found', { caseId: input.id });
      const { lon, lat, classKey } = factsOfCase(own);
      const point = lon === null || lat === null ? null : { lon, lat };
      return ok(await nearby({ own, point, classKey }, input));
    },
  };
}

interface Range {
  readonly radiusMetres: number;
  readonly days: number;
  readonly limit: number;
}

function nearbyRow(row: SpotRow, state: CaseState): Nearby['rows'][number] {
  return {
    id: row.id,
    className: row.className,
    isSameClass: row.sameClass,
    metres: Math.round(row.metres * 10) / 10,
    unit: unitOf(state),
    state: state.state,
    reportedAt: row.reportedAt,
    closedAt: row.closedAt,
  };
}

/** The unit that last took the order and handled it; else the one that holds it now. Null at the desk. */
function unitOf({ chain, holder }: CaseState): string | null {
  const handled = chain.findLast(({ outcome }) => outcome === 'fed_back' || outcome === 'accepted');
  return handled?.unit ?? holder?.unit ?? null;
}

function countByClass(rows: readonly SpotRow[]): { className: string; count: number }[] {
  const counts = new Map<string, { className: string; count: number }>();
  for (const { classKey, className } of rows) {
    counts.set(classKey, { className, count: (counts.get(classKey)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.className < b.className ? -1 : 1));
}
