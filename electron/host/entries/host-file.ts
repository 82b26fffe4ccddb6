import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '#contract/schema.ts';

const HostFile = z.object({ url: z.string(), pid: z.int(), token: z.string() });

/** Where a running host can be reached by tools on the same machine; only its owner may read the file. */
export type HostFile = z.infer<typeof HostFile>;

const fileName = 'host.json';

export async function writeHostFile(dataFolder: string, content: HostFile): Promise<void> {
  const file = join(dataFolder, fileName);
  const temporary = `${file}.${content.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, file);
}

/** Null when no host has written one, or the file is unreadable. */
export async function readHostFile(dataFolder: string): Promise<HostFile | null> {
  try {
    const parsed = HostFile.safeParse(JSON.parse(await readFile(join(dataFolder, fileName), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (cause) {
    if (cause instanceof SyntaxError || isMissing(cause)) return null;
    throw cause;
  }
}

export async function removeHostFile(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, fileName), { force: true });
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EACCES');
}
