import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** `damaged`: its bytes are not those that were written. */
export type SummedFile =
  | { readonly state: 'absent' | 'damaged' }
  | { readonly state: 'whole'; readonly content: unknown };

/** Reads a file of {@link writeSummed}: SHA-256 of what follows the blank, in hexadecimal, and JSON. @throws the system's error */
export async function readSummed(file: string): Promise<SummedFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { state: 'absent' };
    throw cause;
  }
  const [sum, json] = [text.slice(0, 64), text.slice(65)];
  if (sumOf(json) !== sum) return { state: 'damaged' };
  return { state: 'whole', content: JSON.parse(json) };
}

/** Replaces a small file as a whole: temporary name, sync, rename, sync of the folder. @throws the system's error */
export async function writeSummed(path: string, content: unknown): Promise<void> {
  const json = `${JSON.stringify(content)}\n`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${sumOf(json)} ${json}`);
}

/** @throws the system's error; the file is then as it was */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw cause;
  }
  await rename(temporary, path);
  // Windows can't sync a folder.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function sumOf(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}
