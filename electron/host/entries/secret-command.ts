import { resolve } from 'node:path';
import type { CommandLine } from '#contract/command-line.ts';
import { startFailures } from '#contract/host-process.ts';
import { changeSecret } from '../change-secret.ts';
import { SecretProblem } from '../ports/secrets.ts';
import { secretFromFile, secretFromStream } from '../secrets/read-secret.ts';
import { StartProblem } from '../start-problem.ts';
import { defaultDataFolder } from './default-folders.ts';

/**
 * `--change-secret FILE`: one line of JSON on stdout, or words on stderr; the exit code. The pass-phrase before it comes from
 * `--secret-file` or standard input: neither is ever an argument (security.md V2).
 */
export async function runSecretCommand(
  line: CommandLine,
  newSecretFile: string,
  path: (given: string) => string,
): Promise<number> {
  const dataFolder = resolve(line.dataFolder === null ? defaultDataFolder() : path(line.dataFolder));
  try {
    const from =
      line.secretFile === null ? await secretFromStream(process.stdin) : await secretFromFile(path(line.secretFile));
    const to = await secretFromFile(path(newSecretFile));
    await changeSecret(dataFolder, { from, to });
    process.stdout.write(`${JSON.stringify({ folder: dataFolder, isChanged: true })}\n`);
    return 0;
  } catch (cause) {
    const code = cause instanceof SecretProblem ? 'bad_secret' : cause instanceof StartProblem ? cause.code : null;
    if (code === null || !(cause instanceof Error)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    return startFailures[code];
  }
}
