import { z } from '#contract/schema.ts';
import { DistrictProblem } from '#host/ports/district.ts';
import { readJson } from './read-features.ts';

const Level = z.strictObject({
  code: z.string().min(1),
  name: z.string().min(1),
  /** Property that holds the code of the parent; not on the coarsest level. */
  parent: z.string().min(1).optional(),
});

/** Which properties make which level, coarsest first (issue 2 §3). */
const DistrictMapping = z.strictObject({ levels: z.array(Level).min(1).max(6) });
export type DistrictMapping = z.infer<typeof DistrictMapping>;

/** @throws DistrictProblem that names the field */
export async function readDistrictMapping(file: string): Promise<DistrictMapping> {
  const parsed = DistrictMapping.safeParse(await readJson(file));
  if (!parsed.success) {
    throw new DistrictProblem(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'mapping'}: ${issue.message}`),
    );
  }
  const problems = parsed.data.levels.flatMap(({ parent }, index) => {
    if (index === 0) return parent === undefined ? [] : ['levels.0: the coarsest level has no parent'];
    return parent === undefined ? [`levels.${index}.parent: names the property with the code of the level above`] : [];
  });
  if (problems.length > 0) throw new DistrictProblem(file, problems);
  return parsed.data;
}
