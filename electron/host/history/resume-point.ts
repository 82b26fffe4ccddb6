import { z } from '#contract/schema.ts';
import type { KeptCase } from '#host/ports/cases.ts';
import { decodeLines, encodeLines } from './checked-lines.ts';

/** Goes up when one of the folds that are dumped makes something else of the same events, or dumps it in another way. */
export const RESUME_VERSION = 1;

const ResumeHead = z.strictObject({
  format: z.literal('grid-command resume 1'),
  foldVersion: z.int(),
  resumeVersion: z.int(),
  journalId: z.string(),
  sequence: z.int().min(1),
  hash: z.string(),
  total: z.int().min(0),
  /** Bytes of `commands.idx` that belong to it, and their CRC-32. */
  commands: z.strictObject({ bytes: z.int().min(0), crc: z.int() }),
});
export type ResumeHead = z.infer<typeof ResumeHead>;

/** What lies in one file of `DATA/resume/`. */
export interface Resume {
  readonly head: Omit<ResumeHead, 'format' | 'resumeVersion'>;
  readonly cases: readonly KeptCase[];
  /** What each fold dumped, by its name. */
  readonly dumps: Readonly<Record<string, unknown>>;
  /** Words of fingerprints of the steps that are kept. */
  readonly steps: Uint32Array;
}

export type ResumeProblem = 'damaged' | 'other_version' | 'other_journal';

/** Words of steps in one line. */
const STEP_WORDS = 30_000;

/** A line for the head, one for each case, each fold, and each part of the steps. */
export function encodeResume(resume: Resume, pause: () => Promise<void>): Promise<Uint8Array> {
  return encodeLines(linesOf(resume), pause);
}

function* linesOf({ head, cases, dumps, steps }: Resume): Generator<unknown> {
  yield {
    ...{ format: 'grid-command resume 1', resumeVersion: RESUME_VERSION },
    ...head,
  } satisfies ResumeHead;
  for (const { state, sequences } of cases) yield { sequences, state };
  for (const [fold, dump] of Object.entries(dumps)) yield { fold, dump };
  for (let at = 0; at < steps.length; at += STEP_WORDS) {
    const part = steps.slice(at, at + STEP_WORDS);
    yield { steps: Buffer.from(part.buffer).toString('base64') };
  }
}

/** The resume point, if it is whole, of this journal, and has dumps that this program reads. Its states may be of another fold. */
export async function decodeResume(
  bytes: Uint8Array,
  journalId: string,
  pause: () => Promise<void>,
): Promise<Resume | ResumeProblem> {
  let first: unknown = null;
  const cases: KeptCase[] = [];
  const dumps: Record<string, unknown> = {};
  const words: Uint32Array[] = [];
  const each = (value: unknown, line: number) => {
    if (line === 0) {
      first = value;
      return;
    }
    const found = value as KeptCase | { fold: string; dump: unknown } | { steps: string };
    if ('state' in found) cases.push(found);
    else if ('fold' in found) dumps[found.fold] = found.dump;
    else words.push(wordsOf(Buffer.from(found.steps, 'base64')));
  };
  if (!(await decodeLines(bytes, each, pause))) return 'damaged';
  const head = ResumeHead.safeParse(first);
  if (!head.success) return 'damaged';
  const { format: _format, resumeVersion, ...rest } = head.data;
  if (resumeVersion !== RESUME_VERSION) return 'other_version';
  if (rest.journalId !== journalId) return 'other_journal';
  return { head: rest, cases, dumps, steps: joined(words) };
}

/** As many words as there are whole ones, whatever the alignment of the bytes. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.floor(bytes.length / 4));
  new Uint8Array(words.buffer).set(bytes.subarray(0, words.length * 4));
  return words;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
