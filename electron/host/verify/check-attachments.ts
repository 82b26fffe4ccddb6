import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachmentProblem, AttachmentsReport } from '#host/ports/verification.ts';

/**
 * Reads every attachment: `ab/cdef…`, the SHA-256 of its content, the first two digits a folder. Null if there is no such
 * folder. What is in `incoming/`, begins with a dot or ends in `.tmp` or `.new` is half-made and passed over.
 */
export async function checkAttachments(folder: string): Promise<AttachmentsReport | null> {
  let names: readonly string[];
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    names = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
  const problems: AttachmentProblem[] = [];
  let files = 0;
  let bytes = 0;
  for (const file of [...names].sort()) {
    const path = file.slice(folder.length + 1).replaceAll('\\', '/');
    if (/^incoming\/|(^|\/)\.|\.(tmp|new)$/.test(path)) continue;
    files += 1;
    const expected = path.replace('/', '');
    if (!/^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(path)) {
      problems.push({ path, kind: 'misnamed' });
      continue;
    }
    try {
      const found = await digestOf(file);
      bytes += found.bytes;
      if (found.sha256 !== expected) problems.push({ path, kind: 'changed' });
    } catch {
      problems.push({ path, kind: 'unreadable' });
    }
  }
  return { files, bytes, problems };
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
