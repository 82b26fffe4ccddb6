import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BackupProblem } from '#host/ports/backup.ts';
import type { Anchor, FolderReport } from '#host/ports/verification.ts';
import { copyWhole, isMissing, syncFolder } from './backup-files.ts';
import { readManifest, storedAt, type Manifest } from './manifest.ts';
import { asProblem } from './write-backup.ts';

/** Verifies a data folder, with heads that it must hold. */
export type VerifyFolder = (folder: string, anchors: readonly Anchor[]) => Promise<FolderReport>;

export interface RestoreRequest {
  readonly from: string;
  /** A folder that is not there yet, or empty. */
  readonly to: string;
  readonly verify: VerifyFolder;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly report: FolderReport;
}

/**
 * Restores a backup into a new data folder: beside it under a temporary name, every file checked by its sum, the whole
 * verified, then renamed. Nothing that is half restored ever has the name that was asked for.
 *
 * @throws BackupProblem; nothing is left then
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { from, to, verify, signal } = request;
  const manifest = await readManifest(from);
  if (manifest === null) throw new BackupProblem('no_backup', `${from} holds no backup: there is no manifest.json`);
  await requireEmpty(to);
  let work: string | null = null;
  try {
    await mkdir(dirname(to), { recursive: true });
    work = await mkdtemp(join(dirname(to), `${basename(to)}.restoring-`));
    await copyFiles(request, manifest, work);
    const { sequence, hash } = manifest;
    const report = await verify(work, [{ sequence, hash, from: 'the manifest of the backup' }]);
    const [problem] = report.journal.problems;
    if (!report.journal.ok || report.journal.sequence !== sequence) {
      const where = problem === undefined ? '' : `: ${problem.segment}, byte ${problem.offset}, ${problem.reason}`;
      throw new BackupProblem('not_read_back', `the restored folder is not whole${where}`);
    }
    await rmdir(to).catch((cause: unknown) => {
      if (!isMissing(cause)) throw cause;
    });
    await rename(work, to);
    await syncFolder(dirname(to));
    return { manifest, report: { ...report, folder: to } };
  } catch (cause) {
    if (work !== null) await rm(work, { recursive: true, force: true });
    throw asProblem(cause, to, signal);
  }
}

async function copyFiles({ from, signal, onProgress }: RestoreRequest, manifest: Manifest, work: string) {
  const total = Math.max(
    1,
    manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  let done = 0;
  for (const { path, sha256, bytes } of manifest.files) {
    const copied = await copyWhole(storedAt(from, sha256), join(work, path), null, (piece) => {
      signal.throwIfAborted();
      done += piece;
      onProgress(Math.min(1, done / total));
    }).catch((cause: unknown) => {
      if (!isMissing(cause)) throw cause;
      throw new BackupProblem('not_read_back', `${path} is missing in the backup`, { cause });
    });
    if (copied.sha256 !== sha256 || copied.bytes !== bytes) {
      throw new BackupProblem('not_read_back', `${path} is not as it was written to the backup`);
    }
  }
}

async function requireEmpty(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) return;
  } catch (cause) {
    if (isMissing(cause)) return;
    throw asProblem(cause, folder, neverAborted);
  }
  throw new BackupProblem('folder_not_empty', `${folder} is not empty: a restore goes into a new folder only`);
}

const neverAborted = new AbortController().signal;
