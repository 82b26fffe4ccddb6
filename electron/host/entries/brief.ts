import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { MethodName } from '#contract/api.ts';
import { Briefing, PrintedBriefing } from '#contract/briefings.ts';
import { readCommandLine } from '#contract/command-line.ts';
import type { WireError } from '#contract/errors.ts';
import { pinoLog } from '../log/pino-log.ts';
import { StartProblem } from '../start-problem.ts';
import { askHost } from './ask-host.ts';
import { briefHelp, readBriefArguments, type BriefArguments } from './brief-arguments.ts';
import { fromHere, optionsOf, ownVersion } from './command-options.ts';
import { readHostFile, type HostFile } from './host-file.ts';
import { runHost } from './run-host.ts';

/** A refusal of the host, or that it is gone. */
class Refused extends Error {
  readonly isUnreachable: boolean;

  constructor(words: string, isUnreachable: boolean) {
    super(words);
    this.isUnreachable = isUnreachable;
  }
}

const COUNTING_MS = 500;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(briefHelp);
    return 0;
  }
  const asked = readBriefArguments(args);
  if (typeof asked === 'string') return ended(2, asked);
  const dataFolder = fromHere(asked.data);
  try {
    const running = await readHostFile(dataFolder);
    const isAlive = running !== null && (await askHost(running, 'health.get', {})).kind === 'value';
    if (isAlive) await writeBriefing(running, asked);
    else await withOwnHost(dataFolder, (own) => writeBriefing(own, asked));
    return 0;
  } catch (cause) {
    if (cause instanceof Refused) return ended(cause.isUnreachable ? 3 : 1, cause.message);
    if (cause instanceof StartProblem) return ended(3, cause.message);
    if (cause instanceof Error && 'code' in cause) return ended(1, `${asked.out}: ${cause.message}`);
    throw cause;
  }
}

/** A host that takes no reports and has no window, for as long as it is needed. @throws StartProblem */
async function withOwnHost(dataFolder: string, act: (host: HostFile) => Promise<void>): Promise<void> {
  const line = readCommandLine(['--headless', '--port', '0', '--data', dataFolder]);
  if (!line.ok) throw new StartProblem('folder_unusable', line.problem);
  const options = optionsOf(line.value, await ownVersion(import.meta.dirname), import.meta.dirname);
  const own = await runHost(options, pinoLog('warn'), { kind: 'none', reason: 'no_secret' });
  try {
    await act({ url: own.host.address, pid: process.pid, token: own.host.tokens.system });
  } finally {
    await own.close();
  }
}

/** Drafts, prints, writes the PDF and says so in one line of JSON. */
async function writeBriefing(host: HostFile, { create, out }: BriefArguments): Promise<void> {
  const briefing = Briefing.parse(await answerOf(host, 'briefings.create', create));
  const printed = PrintedBriefing.parse(await answerOf(host, 'briefings.print', { id: briefing.id }));
  const answer = await fetch(host.url + printed.path, { headers: { authorization: `Bearer ${host.token}` } });
  if (!answer.ok) throw new Refused(await answer.text(), false);
  const file = fromHere(out);
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  const { id, sequence, inputsHash } = briefing;
  process.stdout.write(`${JSON.stringify({ id, file, bytes: printed.bytes, sequence, inputsHash })}\n`);
}

/** @throws Refused */
async function answerOf(host: HostFile, method: MethodName, input: unknown): Promise<unknown> {
  for (;;) {
    const answer = await askHost(host, method, input);
    if (answer.kind === 'value') return answer.value;
    if (answer.kind === 'unreachable') throw new Refused(`${answer.reason}; is the host still running?`, true);
    if (answer.error.code !== 'figures_counting') throw new Refused(wordsOf(answer.error), false);
    await setTimeout(COUNTING_MS);
  }
}

function wordsOf(error: WireError): string {
  return JSON.stringify(error);
}

function ended(code: number, words: string): number {
  process.stderr.write(`${words}\n`);
  return code;
}

process.exitCode = await main(process.argv.slice(2));
