import { helpText, readCommandLine, type CommandLine } from '#contract/command-line.ts';
import { startFailures, type HostSecret } from '#contract/host-process.ts';
import { pinoLog } from '../log/pino-log.ts';
import { SecretProblem } from '../ports/secrets.ts';
import { secretFromStream } from '../secrets/read-secret.ts';
import { StartProblem } from '../start-problem.ts';
import { runBackupCommand } from './backup-command.ts';
import { fromHere, optionsOf, ownVersion } from './command-options.ts';
import { runSecretCommand } from './secret-command.ts';
import { runHost, type RunningHost } from './run-host.ts';

async function main(args: readonly string[]): Promise<void> {
  const read = readCommandLine(args);
  if (!read.ok) return fail(startFailures.bad_arguments, read.problem);
  if (read.value.wantsHelp) return void process.stdout.write(helpText());
  const version = await ownVersion(import.meta.dirname);
  if (read.value.wantsVersion) return void process.stdout.write(`${version}\n`);

  const log = pinoLog('warn');
  if (read.value.backupTo !== null || read.value.restoreFrom !== null) {
    process.exitCode = await runBackupCommand(read.value, fromHere, version, log);
    return;
  }
  if (read.value.newSecretFile !== null) {
    process.exitCode = await runSecretCommand(read.value, read.value.newSecretFile, fromHere);
    return;
  }
  let running: RunningHost;
  try {
    running = await runHost(optionsOf(read.value, version, import.meta.dirname), log, await secretOf(read.value));
  } catch (cause) {
    if (cause instanceof SecretProblem) return fail(startFailures.bad_secret, cause.message);
    if (cause instanceof StartProblem) return fail(startFailures[cause.code], cause.message);
    throw cause;
  }

  process.stdout.write(`${JSON.stringify(firstLine(running, read.value.hasWall))}\n`);
  reportImport(running);
  const stop = () => {
    running.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        log.error('the host did not stop cleanly', { reason: cause instanceof Error ? cause.message : String(cause) });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function secretOf({ hasSecretOnInput }: CommandLine): Promise<HostSecret> {
  if (!hasSecretOnInput) return { kind: 'none', reason: 'no_secret' };
  return { kind: 'pass_phrase', text: await secretFromStream(process.stdin) };
}

/** What scripts read: where the host is, where the wall is if it is wanted, and what an import at start did. */
function firstLine(running: RunningHost, hasWall: boolean): unknown {
  const line = { url: running.url, pid: process.pid, ...(hasWall ? { wall: running.wallUrl } : {}) };
  const report = running.importReport;
  if (report === null) return line;
  const { rows, accepted, known } = report;
  const counts = { rows, accepted, known, refused: report.refused.length, warnings: report.warnings.length };
  return { ...line, import: { ...counts, report: running.importReportFile } };
}

function reportImport(running: RunningHost): void {
  const report = running.importReport;
  if (report === null) return;
  for (const [what, remarks] of [['refused', report.refused] as const, ['doubtful', report.warnings] as const]) {
    for (const { row, field, reason, value } of remarks.slice(0, 100)) {
      process.stderr.write(`import: row ${row}, ${field}: ${reason} (${what}): ${value}\n`);
    }
    if (remarks.length > 100) process.stderr.write(`import: ${remarks.length} rows ${what} in all\n`);
  }
  process.stderr.write(`import: the whole report is in ${running.importReportFile}\n`);
}

function fail(exitCode: number, problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = exitCode;
}

await main(process.argv.slice(2));
