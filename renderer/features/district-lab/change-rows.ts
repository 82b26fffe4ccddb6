import type { DistrictChange, DistrictDifference } from '#contract/district.ts';

export type ChangeRow =
  | {
      readonly type: 'group';
      readonly id: string;
      readonly level: number;
      readonly kind: DistrictChange['kind'];
      /** Of all changes; `shown` are listed at the most. */
      readonly count: number;
      readonly shown: number;
    }
  | { readonly type: 'change'; readonly id: string; readonly level: number; readonly change: DistrictChange };

/** Heads and changes as one list, level by level; `text` is looked for in codes and names. */
export function changeRows({ levels }: DistrictDifference, text: string): readonly ChangeRow[] {
  const wanted = text.trim().toUpperCase();
  const fits = ({ before, after }: DistrictChange) =>
    wanted === '' || [...before, ...after].some(({ code, name }) => `${code} ${name}`.toUpperCase().includes(wanted));
  return levels.flatMap(({ level, counts, changes }) =>
    counts.flatMap(({ kind, count }): readonly ChangeRow[] => {
      const found = changes.filter((change) => change.kind === kind && fits(change));
      if (found.length === 0) return [];
      const whole = wanted === '' ? count : found.length;
      return [
        { type: 'group', id: `${level} ${kind}`, level, kind, count: whole, shown: found.length },
        ...found.map((change) => ({ type: 'change', id: `${level} ${change.index}`, level, change }) as const),
      ];
    }),
  );
}

/** How many changes there are in all. */
export function changeCount({ levels }: DistrictDifference): number {
  return levels.reduce((sum, { counts }) => sum + counts.reduce((all, { count }) => all + count, 0), 0);
}
