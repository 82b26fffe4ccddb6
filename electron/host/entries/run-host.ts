import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostOptions, HostSecret } from '#contract/host-process.ts';
import type { ImportReport } from '#contract/imports.ts';
import { createHost, type Host } from '../create-host.ts';
import type { Log } from '../ports/log.ts';
import { SecretProblem } from '../ports/secrets.ts';
import { secretFromFile } from '../secrets/read-secret.ts';
import { COMMAND_LINE } from '../recorded-act.ts';
import { audited } from '../serve/audited.ts';
import { StartProblem } from '../start-problem.ts';
import { defaultDataFolder } from './default-folders.ts';
import { removeHostFile, writeHostFile } from './host-file.ts';

/** A host that serves, and that tools find through `host.json` in its data folder. */
export interface RunningHost {
  readonly host: Host;
  /** Address of the desk, with its token behind `#`. */
  readonly url: string;
  /** Address of the wall's page, with its own token behind `#`; a display is named by `?display=NAME`. */
  readonly wallUrl: string;
  readonly importReport: ImportReport | null;
  readonly importReportFile: string | null;
  close(): Promise<void>;
}

/** @throws StartProblem with the exit code's name and what to do */
export async function runHost(options: HostOptions, log: Log, given: HostSecret): Promise<RunningHost> {
  const dataFolder = options.dataFolder ?? defaultDataFolder();
  const secret = await secretOf(options, given);
  const host = await createHost({ ...options, dataFolder }, log, secret);
  try {
    const imported = await importAtStart(host, options, dataFolder);
    await writeHostFile(dataFolder, { url: host.address, pid: process.pid, token: host.tokens.system });
    // After whoever waits for the host has heard where it is: the simulated city takes a moment to stand.
    setImmediate(() => host.startSimulation());
    return {
      host,
      url: `${host.address}/#token=${host.tokens.operator}`,
      wallUrl: `${host.address}/wall/#token=${host.tokens.wall}`,
      importReport: imported?.report ?? null,
      importReportFile: imported?.file ?? null,
      close: async () => {
        await removeHostFile(dataFolder);
        await host.close();
      },
    };
  } catch (cause) {
    await host.close();
    throw cause;
  }
}

/** A file that the command line names comes before what the shell or standard input gave. */
async function secretOf({ secretFile }: HostOptions, given: HostSecret): Promise<HostSecret> {
  if (secretFile === null) return given;
  try {
    return { kind: 'pass_phrase', text: await secretFromFile(secretFile) };
  } catch (cause) {
    if (cause instanceof SecretProblem) throw new StartProblem('bad_secret', cause.message, { cause });
    throw cause;
  }
}

async function importAtStart(
  host: Host,
  options: HostOptions,
  dataFolder: string,
): Promise<{ report: ImportReport; file: string } | null> {
  if (options.importFile === null) return null;
  const mapping = options.importMapping === null ? {} : { mapping: options.importMapping };
  const request = { path: options.importFile, dryRun: false, ...mapping };
  const { input, output } = audited['import.run'];
  const act = { act: 'import.run', actor: COMMAND_LINE, detail: input(request), isUrgent: false } as const;
  const outcome = await host.audit.around(act, () => host.imports.run(request), output);
  if (!outcome.ok) {
    const facts = Object.entries(outcome.error.detail).map(([name, value]) => `${name}: ${value}`);
    throw new StartProblem('import_failed', `${options.importFile}: ${[outcome.error.code, ...facts].join('; ')}`);
  }
  const folder = join(dataFolder, 'imports');
  const file = join(folder, `${outcome.value.importId}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(outcome.value, null, 2)}\n`);
  return { report: outcome.value, file };
}
