import { warningKinds } from '#domain/warnings/early-warnings.ts';
import { Instant, z } from './schema.ts';

/**
 * One early warning. `caseId` for 超期, 临期 and 推诿, `area` for 反复问题 (a grid) and 七天一预警 (a township). `value` is
 * milliseconds left (negative past the limit), returns or reports; `against` is the threshold or the week before.
 */
const EarlyWarning = z.object({
  kind: z.enum(warningKinds),
  caseId: z.string().nullable(),
  area: z.string().nullable(),
  classCode: z.string(),
  className: z.string(),
  value: z.number(),
  against: z.number(),
  because: z.enum(['count', 'growth', 'due_soon']).nullable(),
});

/** `counts` are of all warnings by kind; `warnings` the first ones. `isPlaceholder`: thresholds are 参考默认值. */
export const Warnings = z.object({
  asOf: Instant,
  isPlaceholder: z.boolean(),
  counts: z.record(z.enum(warningKinds), z.int()),
  warnings: z.array(EarlyWarning),
});

export const WarningsQuery = z
  .strictObject({ kind: z.enum(warningKinds).optional(), limit: z.int().min(1).max(1_000).default(200) })
  .default({ limit: 200 });
