import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachmentProblem, AttachmentsReport } from '#host/ports/verification.ts';
import { HashIndex } from './hash-index.ts';

export interface CheckedAttachments {
  /** Null if there is no such folder. */
  readonly report: AttachmentsReport | null;
  /** What is there by its name, whole or not. */
  readonly present: HashIndex;
}

/**
 * Reads every attachment: `ab/cdef…`, the SHA-256 of its content, the first two digits a folder. What is in `incoming/`,
 * begins with a dot or ends in `.tmp` or `.new` is half-made and passed over.
 */
export async function checkAttachments(folder: string): Promise<CheckedAttachments> {
  const present = new HashIndex();
  const problems: AttachmentProblem[] = [];
  let files = 0;
  let bytes = 0;
  const groups = await entriesOf(folder);
  if (groups === null) return { report: null, present };
  for (const group of groups) {
    for (const path of await pathsIn(folder, group)) {
      if (/^incoming\/|(^|\/)\.|\.(tmp|new)$/.test(path)) continue;
      files += 1;
      const hash = path.replace('/', '');
      if (!/^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(path)) {
        problems.push({ path, kind: 'misnamed' });
        continue;
      }
      present.add(hash);
      try {
        const found = await digestOf(join(folder, path));
        bytes += found.bytes;
        if (found.sha256 !== hash) problems.push({ path, kind: 'changed' });
      } catch {
        problems.push({ path, kind: 'unreadable' });
      }
    }
  }
  return { report: { files, bytes, problems }, present };
}

/** What lies in the folder, by name; null if it is not there. */
async function entriesOf(folder: string): Promise<readonly Dirent[] | null> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/** Files of one group, or the one file that is none, as paths below the folder: the names of all groups are too many. */
async function pathsIn(folder: string, group: Dirent): Promise<readonly string[]> {
  if (!group.isDirectory()) return group.isFile() ? [group.name] : [];
  const found = await readdir(join(folder, group.name), { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return files.sort().map((file) => file.slice(folder.length + 1).replaceAll('\\', '/'));
}

async function digestOf(file: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const sum = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    sum.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { sha256: sum.digest('hex'), bytes };
}
