import { ok } from '#domain/base/result.ts';
import { dayOf } from '#domain/reference/day.ts';
import { warningKinds, type EarlyWarning, type WarningKind } from '#domain/warnings/early-warnings.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HostParts } from '../host-parts.ts';

/** Early warnings 临期, 推诿, 反复问题, 七天一预警, made when asked for. */
export function warningReads({
  cases,
  tables,
  warnings,
  townshipOf,
  clock,
}: HostParts): Pick<Handlers, 'warnings.list'> {
  return {
    'warnings.list': ({ kind, limit }) => {
      const now = clock.now();
      const { policies } = tables.inForce();
      const all = warnings.list(cases.openStates(), townshipOf, policies, now);
      const wanted = kind === undefined ? all : all.filter((warning) => warning.kind === kind);
      const day = dayOf(now);
      return Promise.resolve(
        ok({
          asOf: now,
          isPlaceholder:
            policies.isPlaceholder('due_soon_share', day) || policies.isPlaceholder('warning_7d_count', day),
          counts: countsOf(all),
          warnings: wanted.slice(0, limit).map((warning) => ({ ...warning })),
        }),
      );
    },
  };
}

function countsOf(all: readonly EarlyWarning[]): Record<WarningKind, number> {
  const counts = Object.fromEntries(warningKinds.map((kind) => [kind, 0])) as Record<WarningKind, number>;
  for (const { kind } of all) counts[kind] += 1;
  return counts;
}
