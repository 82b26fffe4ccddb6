import { BriefingCreate } from '#contract/briefings.ts';
import type { z } from '#contract/schema.ts';

export const briefHelp = [
  'npm run brief -- --data DIR --kind daily --date YYYY-MM-DD --out FILE [--by PERSON]',
  '',
  'Drafts a briefing 简报 of a day and writes its PDF; the draft is kept in the data folder, where a person issues it.',
  'A host that runs on the folder does it, else one that is started for it and ended again. Chromium prints: the one',
  'that the environment variable CHROMIUM names, else the first on the PATH.',
  '',
  '  --by PERSON   number of the person of the district desk who drafts it; left out: made by a job',
  '',
  'Exit code 0: written; 1: refused, with the code on stderr; 2: wrong call; 3: no host could be asked or started.',
  '',
].join('\n');

export interface BriefArguments {
  readonly data: string;
  readonly out: string;
  readonly create: z.infer<typeof BriefingCreate>;
}

const names = ['--data', '--kind', '--date', '--out', '--by'] as const;

/** What was asked for, or the problem in words. */
export function readBriefArguments(args: readonly string[]): BriefArguments | string {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const name = names.find((one) => one === args[at]);
    const value = args[at + 1];
    if (name === undefined) return `unknown argument ${args[at]}; --help tells which there are`;
    if (value === undefined) return `${name} needs a value`;
    if (given.has(name)) return `${name} was given twice`;
    given.set(name, value);
  }
  const [data, out, day] = [given.get('--data'), given.get('--out'), given.get('--date')];
  if (data === undefined || out === undefined || day === undefined) return '--data, --date and --out are needed';
  const by = given.get('--by');
  const create = BriefingCreate.safeParse({
    kind: given.get('--kind') ?? 'daily',
    day,
    ...(by === undefined ? {} : { draftedBy: by }),
  });
  if (create.success) return { data, out, create: create.data };
  const [issue] = create.error.issues;
  return `${String(issue?.path[0] === 'day' ? '--date' : `--${String(issue?.path[0])}`)}: ${issue?.message ?? 'does not fit'}`;
}
