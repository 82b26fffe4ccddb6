import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from '#contract/schema.ts';

/** How hard a pass-phrase is to guess: argon2id with this memory, so many passes, one lane (security.md S1). */
export const Hardness = z.object({
  memoryKiB: z.int().min(19_456).max(1_048_576),
  passes: z.int().min(2).max(16),
});
export type Hardness = z.infer<typeof Hardness>;

/**
 * What lies in the data folder about its master key. `pass_phrase`: the key itself, sealed under what argon2id makes of the
 * pass-phrase and the salt. `system`: no key, only what recognises the one that the key store `backend` holds.
 */
const WrappedKey = z.discriminatedUnion('kind', [
  z.object({
    version: z.literal(1),
    kind: z.literal('pass_phrase'),
    hardness: Hardness,
    salt: z.base64(),
    sealed: z.base64(),
  }),
  z.object({ version: z.literal(1), kind: z.literal('system'), backend: z.string(), check: z.string() }),
]);
export type WrappedKey = z.infer<typeof WrappedKey>;

/** Null if there is none, `damaged` if it can't be understood. */
export async function readWrappedKey(file: string): Promise<WrappedKey | 'damaged' | null> {
  try {
    const parsed = WrappedKey.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : 'damaged';
  } catch (cause) {
    if (cause instanceof SyntaxError) return 'damaged';
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/**
 * Whole and on the disk when it resolves: under a temporary name first, so that until then what was there stays valid. The
 * bytes of what was there are then overwritten, since an earlier pass-phrase opens them.
 */
export async function writeWrappedKey(file: string, content: WrappedKey): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.half-made`;
  // Windows lets nobody replace a file that is open: there the old bytes stay on the disk until it needs the room.
  const old = process.platform === 'win32' ? null : await openIfThere(file);
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(content)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(folder);
    if (old === null) return;
    await old.write(Buffer.alloc((await old.stat()).size), 0);
    await old.sync();
  } finally {
    await old?.close();
  }
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r+');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder; its file system keeps renames in order by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
