import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Health } from '#contract/health.ts';
import { pinoLog } from '../log/pino-log.ts';
import type { Head } from '../ports/journal.ts';
import type { Anchor } from '../ports/verification.ts';
import { verifyFolder } from '../verify-folder.ts';
import { reportText, terminalLanguage } from '../verify/report-text.ts';
import { askHost } from './ask-host.ts';
import { readHostFile } from './host-file.ts';

const help = [
  'npm run verify -- DIR [--json] [--anchor SEQUENCE:HASH]',
  '',
  'Checks a data folder and writes nothing in it: every checksum, hash and sequence of the journal, the search tables',
  'against a fresh fold, every attachment, and that each photo and person that an entry names is there; the record of',
  'acts on the host. Goes on behind damage and names all of it: segment, byte, entries, kind.',
  'A host may run on the folder meanwhile.',
  '',
  '  --json               the report as one line of JSON',
  '  --anchor SEQ:HASH    a head that was printed or noted: the journal must hold it',
  '',
  'Exit code 0: whole; 1: damaged; 2: could not be checked. 中文输出：LANG=zh_CN.UTF-8',
  '',
].join('\n');

/** Exit codes: 0 whole, 1 damaged, 2 could not be checked. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const read = readArguments(args);
  if (typeof read === 'string') return cannot(read);
  const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), read.folder);
  if (!(await isFolder(join(folder, 'journal')))) return cannot(`${folder} holds no journal/: name a data folder`);
  try {
    const running = await headOfHost(folder);
    const report = await verifyFolder({ folder, running, anchors: read.anchors, log: pinoLog('silent') });
    const text = read.isJson ? `${JSON.stringify(report)}\n` : reportText(report, terminalLanguage(process.env));
    process.stdout.write(text);
    return report.ok ? 0 : 1;
  } catch (cause) {
    return cannot(`${folder} could not be checked: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

interface Arguments {
  readonly folder: string;
  readonly isJson: boolean;
  readonly anchors: readonly Anchor[];
}

function readArguments(args: readonly string[]): Arguments | string {
  const folders: string[] = [];
  const anchors: Anchor[] = [];
  let isJson = false;
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '--json') isJson = true;
    else if (argument === '--anchor') {
      const [, sequence, hash = ''] = /^(\d+):([0-9a-f]{32,64})$/.exec(args[(index += 1)] ?? '') ?? [];
      if (sequence === undefined) return '--anchor needs SEQUENCE:HASH, as the journal’s head is printed';
      anchors.push({ sequence: Number(sequence), hash, from: '--anchor' });
    } else if (argument.startsWith('--')) return `unknown argument ${argument}; --help lists all`;
    else folders.push(argument);
  }
  const [folder, ...more] = folders;
  if (folder === undefined || more.length > 0) return 'name one data folder: npm run verify -- DIR';
  return { folder, isJson, anchors };
}

/** Head of the host that runs on the folder, null if none answers. */
async function headOfHost(folder: string): Promise<Head | null> {
  const file = await readHostFile(folder);
  if (file === null) return null;
  const answer = await askHost(file, 'health.get', {});
  const health = answer.kind === 'value' ? Health.safeParse(answer.value) : null;
  if (health?.success !== true) return null;
  const { sequence, hash } = health.data.journal;
  return { sequence, hash };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function cannot(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
