import { readFile } from 'node:fs/promises';
import { z } from '#contract/schema.ts';
import type { LimitTable } from '#domain/sla/limits.ts';
import { TableProblem } from './table-problem.ts';

const clocks = ['register', 'dispatch', 'handle', 'check'] as const;
const Minutes = z.number().positive();

const LimitFile = z.strictObject({
  version: z.string().min(1),
  effectiveFrom: z.iso.date(),
  source: z.string(),
  isPlaceholder: z.boolean(),
  limits: z
    .array(z.strictObject({ clock: z.enum(clocks), minutes: Minutes }))
    .refine((limits) => clocks.every((clock) => limits.some((limit) => limit.clock === clock)), {
      message: `needs a limit for each of ${clocks.join(', ')}`,
    }),
  handleByClass: z.array(z.strictObject({ codePrefix: z.string().min(1), minutes: Minutes })),
});

/** @throws TableProblem */
export async function loadLimitTable(file: string): Promise<LimitTable> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new TableProblem(`${file}: ${cause instanceof Error ? cause.message : 'unreadable'}`, { cause });
  }
  const parsed = LimitFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new TableProblem(`${file}: ${issues.join('; ')}`);
}
