import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './summed-file.ts';

const pattern = /^[\w-]{32}\n$/;

/**
 * The right to read the wall, the same at every start: a wall in another room has its address in a bookmark, and comes back by
 * itself after the host was started anew. It can't write anything (decision 22). In `DATA/wall/.token`, for its owner alone;
 * backups leave it out. One that is not as it was made is made anew.
 *
 * @throws the system's error
 */
export async function wallToken(folder: string): Promise<string> {
  const file = join(folder, '.token');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (pattern.test(known)) return known.trim();
  const token = randomBytes(24).toString('base64url');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(file, `${token}\n`);
  return token;
}
