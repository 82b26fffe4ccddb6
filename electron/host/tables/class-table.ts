import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { z } from '#contract/schema.ts';
import { ClassTable } from '#domain/coding/class-table.ts';
import { TableProblem } from './table-problem.ts';

const FILE = 'gbt47678-5-2026.csv';

const Row = z.object({
  kind: z.enum(['管理部件', '管理事项']),
  big_code: z.string().regex(/^\d{2}$/),
  big_name: z.string().min(1),
  code5: z.string().regex(/^\d{5}$/),
  name: z.string().min(1),
});

/**
 * The class table that ships, GB/T 47678.5-2026.
 *
 * @throws TableProblem with file, row and field
 */
export async function loadClassTable(tablesFolder: string): Promise<ClassTable> {
  const file = join(tablesFolder, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new TableProblem(`${file}: ${cause instanceof Error ? cause.message : 'unreadable'}`, { cause });
  }
  const { data } = Papa.parse<unknown>(text, { header: true, skipEmptyLines: true });
  const rows = data.map((given, index) => {
    const parsed = Row.safeParse(given);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new TableProblem(`${file}: row ${index + 2}, ${issue?.path.join('.')}: ${issue?.message}`);
    }
    const row = parsed.data;
    return {
      kind: row.kind === '管理部件' ? ('component' as const) : ('matter' as const),
      code: row.code5,
      name: row.name,
      groupCode: row.big_code,
      groupName: row.big_name,
    };
  });
  if (rows.length === 0) throw new TableProblem(`${file}: has no rows`);
  return new ClassTable('GB/T 47678.5-2026', 'gbt47678-5-2026', rows);
}
