import { z } from './schema.ts';

/** One class 小类 of the class table in force. */
const ClassEntry = z.object({
  kind: z.enum(['component', 'matter']),
  code: z.string(),
  name: z.string(),
  groupCode: z.string(),
  groupName: z.string(),
  /** The standard, or that of the district's own classes (domain.md §3.5). */
  standardRef: z.string(),
});
export type ClassEntry = z.infer<typeof ClassEntry>;

/**
 * The tables in force, as forms need them. `limits.isPlaceholder`: some limits are 参考默认值 and the screen says 可配置;
 * `source` is that of the limit for all other classes.
 */
export const TablesInForce = z.object({
  classes: z.object({ standardRef: z.string(), version: z.string(), rows: z.array(ClassEntry) }),
  limits: z.object({ version: z.string(), source: z.string(), isPlaceholder: z.boolean() }),
});
export type TablesInForce = z.infer<typeof TablesInForce>;
