import { z } from './schema.ts';

/** One class 小类 of the class table in force. */
const ClassEntry = z.object({
  kind: z.enum(['component', 'matter']),
  code: z.string(),
  name: z.string(),
  groupCode: z.string(),
  groupName: z.string(),
});
export type ClassEntry = z.infer<typeof ClassEntry>;

/**
 * The tables in force, as forms need them. `limits.isPlaceholder`: the limits are 参考默认值 and the screen says
 * 可配置. Limits are natural minutes.
 */
export const TablesInForce = z.object({
  classes: z.object({ standardRef: z.string(), version: z.string(), rows: z.array(ClassEntry) }),
  limits: z.object({
    version: z.string(),
    effectiveFrom: z.string(),
    source: z.string(),
    isPlaceholder: z.boolean(),
  }),
});
export type TablesInForce = z.infer<typeof TablesInForce>;
