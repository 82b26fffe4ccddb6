import type { Instant } from '#domain/base/instant.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { Policies } from '#domain/reference/policies.ts';
import { WeeklyCounts } from './weekly-counts.ts';

/**
 * Kinds of early warning: `overdue` 超期 and `due_soon` 临期 of one case · `ping_pong` 推诿, one case returned again and again ·
 * `repeats` 反复问题, one class in one grid · `week` 七天一预警, one class in one township.
 */
export const warningKinds = ['overdue', 'due_soon', 'ping_pong', 'repeats', 'week'] as const;
export type WarningKind = (typeof warningKinds)[number];

/** One early warning, with the figures that made it. `caseId` or `area` says what it is about. */
export interface EarlyWarning {
  readonly kind: WarningKind;
  readonly caseId: string | null;
  readonly area: string | null;
  readonly classCode: string;
  readonly className: string;
  /** Reports, returns, or milliseconds left, by kind. */
  readonly value: number;
  /** What the value is measured against: the policy's threshold, or the week before. */
  readonly against: number;
  /** Which condition of 七天一预警 was met. */
  readonly because: 'count' | 'growth' | 'due_soon' | null;
}

/** {@link EarlyWarnings} as JSON. */
export interface EarlyWarningsDump {
  readonly byGrid: ReturnType<WeeklyCounts['dump']>;
  readonly byTownship: ReturnType<WeeklyCounts['dump']>;
  readonly groups: readonly (readonly [key: string, group: Group])[];
}

/** Reports of one class in one area within seven days. */
export interface AreaWeek {
  readonly area: string;
  readonly classCode: string;
  readonly className: string;
  readonly current: number;
}

interface Group {
  readonly area: string;
  readonly classCode: string;
  readonly className: string;
}

/**
 * Early warnings as rules over configurable thresholds (policies; all of them placeholders, since the content of
 * 七天一预警 is not published, domain.md §7.5). Told of every change, it counts each report once.
 */
export class EarlyWarnings {
  readonly #byGrid = new WeeklyCounts();
  readonly #byTownship = new WeeklyCounts();
  readonly #groups = new Map<string, Group>();

  /** What the last two weeks have. */
  dump(): EarlyWarningsDump {
    const keys = new Set([...this.#byGrid.keys(), ...this.#byTownship.keys()]);
    const groups = [...this.#groups].filter(([key]) => keys.has(key));
    return { byGrid: this.#byGrid.dump(), byTownship: this.#byTownship.dump(), groups };
  }

  /** Takes over what was dumped; only while nothing was noted. */
  restore({ byGrid, byTownship, groups }: EarlyWarningsDump): void {
    this.#byGrid.restore(byGrid);
    this.#byTownship.restore(byTownship);
    for (const [key, group] of groups) this.#groups.set(key, group);
  }

  /** Whether this change of a case is one to note. */
  isWanted({ lastAction, isArchived }: CaseState): boolean {
    return (lastAction === 'report' || lastAction === 'receive') && !isArchived;
  }

  /** Takes note of a report; later changes of the case are passed over. `township` manages its grid. */
  note(found: CaseState, township: string | null): void {
    if (!this.isWanted(found)) return;
    if (found.place.gridCode !== null) this.#count(this.#byGrid, found, found.place.gridCode);
    if (township !== null) this.#count(this.#byTownship, found, township);
  }

  /** Reports of a case's class in a township within the last seven days. */
  weekOf(found: CaseState, area: string, now: Instant): AreaWeek {
    const current = this.#byTownship.weekOf(keyOf(found, area), now);
    return { area, classCode: found.classRef.code, className: found.classRef.name, current };
  }

  /** The same for every class and township that has any. */
  weeks(now: Instant): readonly AreaWeek[] {
    return this.#byTownship.weeks(now).flatMap(({ key, current }) => {
      const group = this.#groups.get(key);
      return group === undefined ? [] : [{ ...group, current }];
    });
  }

  /** All warnings now, cases first, the most urgent of each kind first. */
  list(
    open: readonly CaseState[],
    townshipOf: (found: CaseState) => string | null,
    policies: Policies,
    now: Instant,
  ): readonly EarlyWarning[] {
    const day = dayOf(now);
    const share = policies.number('due_soon_share', day);
    const mostReturns = policies.number('ping_pong_returns', day);
    const warnings: EarlyWarning[] = [];
    const dueSoonByGroup = new Map<string, number>();
    for (const found of open) {
      if (!isOpen(found.state)) continue;
      const { dueAt, clockStartedAt } = found;
      if (dueAt !== null && clockStartedAt !== null) {
        const left = dueAt - now;
        const limit = dueAt - clockStartedAt;
        if (left < 0) warnings.push(ofCase('overdue', found, left, 0));
        else if (left <= limit * share) {
          warnings.push(ofCase('due_soon', found, left, limit * share));
          const key = keyOf(found, townshipOf(found) ?? '');
          dueSoonByGroup.set(key, (dueSoonByGroup.get(key) ?? 0) + 1);
        }
      }
      const returns = mostReturnsBetweenTwo(found);
      if (returns >= mostReturns) warnings.push(ofCase('ping_pong', found, returns, mostReturns));
    }
    const ranked = warnings.toSorted(
      (a, b) => warningKinds.indexOf(a.kind) - warningKinds.indexOf(b.kind) || order(a) - order(b),
    );
    return [...ranked, ...this.#repeats(policies, now), ...this.#weeks(policies, dueSoonByGroup, now)];
  }

  #repeats(policies: Policies, now: Instant): readonly EarlyWarning[] {
    const least = policies.number('warning_7d_repeats', dayOf(now));
    return this.#byGrid
      .weeks(now)
      .filter(({ current }) => current >= least)
      .flatMap(({ key, current }) => this.#ofGroup('repeats', key, current, least, null))
      .sort((a, b) => b.value - a.value);
  }

  /** 七天一预警: the first of count, growth and cases due soon that reaches its threshold. */
  #weeks(policies: Policies, dueSoon: ReadonlyMap<string, number>, now: Instant): readonly EarlyWarning[] {
    const day = dayOf(now);
    const count = policies.number('warning_7d_count', day);
    const growth = policies.number('warning_7d_growth', day);
    const soon = policies.number('warning_7d_due_soon', day);
    return this.#byTownship
      .weeks(now)
      .flatMap(({ key, current, before }) => {
        if (current >= count) return this.#ofGroup('week', key, current, count, 'count');
        // Growth from nothing, or from one report, is no trend.
        if (before > 1 && current / before - 1 >= growth) return this.#ofGroup('week', key, current, before, 'growth');
        const near = dueSoon.get(key) ?? 0;
        return near >= soon ? this.#ofGroup('week', key, near, soon, 'due_soon') : [];
      })
      .sort((a, b) => b.value - a.value);
  }

  #count(counts: WeeklyCounts, found: CaseState, area: string): void {
    const key = keyOf(found, area);
    counts.note(key, found.reportedAt);
    if (!this.#groups.has(key)) {
      this.#groups.set(key, { area, classCode: found.classRef.code, className: found.classRef.name });
    }
  }

  #ofGroup(
    kind: WarningKind,
    key: string,
    value: number,
    against: number,
    because: EarlyWarning['because'],
  ): readonly EarlyWarning[] {
    const group = this.#groups.get(key);
    return group === undefined ? [] : [{ kind, caseId: null, ...group, value, against, because }];
  }
}

/** Returns of a case between the same two sides, the most of any pair. */
export function mostReturnsBetweenTwo({ chain }: CaseState): number {
  const pairs = new Map<string, number>();
  let most = 0;
  for (const [at, { unit, outcome }] of chain.entries()) {
    if (outcome !== 'returned') continue;
    const key = [unit ?? '', chain[at + 1]?.unit ?? ''].sort().join(' ');
    const count = (pairs.get(key) ?? 0) + 1;
    pairs.set(key, count);
    most = Math.max(most, count);
  }
  return most;
}

function ofCase(kind: WarningKind, found: CaseState, value: number, against: number): EarlyWarning {
  const { code, name } = found.classRef;
  return {
    kind,
    caseId: found.id,
    area: found.place.gridCode,
    classCode: code,
    className: name,
    value,
    against,
    because: null,
  };
}

/** Least time left first, most returns first. */
function order({ kind, value }: EarlyWarning): number {
  return kind === 'ping_pong' ? -value : value;
}

function keyOf({ classRef }: CaseState, area: string): string {
  return `${classRef.standardRef} ${classRef.kind} ${classRef.code} ${area}`;
}
