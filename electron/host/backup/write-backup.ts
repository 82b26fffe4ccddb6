import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { BackupDone } from '#contract/backup.ts';
import type { JournalReport } from '#contract/health.ts';
import { BackupProblem } from '#host/ports/backup.ts';
import type { Head, JournalSnapshot } from '#host/ports/journal.ts';
import type { Anchor } from '#host/ports/verification.ts';
import { copyWhole, digestOf, isMissing, syncFolder, type Digest } from './backup-files.ts';
import { wasSwept } from './swept-photos.ts';
import { MANIFEST, readManifest, storedAt, writeManifest, type Manifest, type ManifestFile } from './manifest.ts';

/** Walks the chain through files that lie under other names: name of the segment → path. Its end is `head`. */
export type WalkJournal = (
  files: ReadonlyMap<string, string>,
  head: Head & { readonly journalId: string },
  anchors: readonly Anchor[],
) => Promise<JournalReport>;

export interface BackupRequest {
  readonly dataFolder: string;
  readonly to: string;
  /** Taken again when the segment at its end was packed before it was copied. @throws BackupProblem */
  readonly snapshot: () => JournalSnapshot;
  readonly program: string;
  readonly now: () => number;
  readonly walkJournal: WalkJournal;
  readonly signal: AbortSignal;
  readonly onProgress: (state: 'copying' | 'reading_back', share: number) => void;
}

/** Beside the journal: what cannot be made again from it. */
const folders = [
  'tables',
  'districts',
  'components',
  'base-maps',
  'briefings',
  'attachments',
  'attachments/.named',
  'people',
  'imports',
  'audit',
  'wall',
  'alarms',
  'shift',
  'journal/set-aside',
] as const;
/** The key store's wrapped key opens people's records on this machine alone, and is of no use elsewhere. */
const singleFiles = ['settings.json', 'shell/key.json'] as const;
/** A file that is written anew while it is copied is read again so often. */
const TRIES = 3;

/**
 * Copies what is new since the backup before, reads the whole backup back, walks its chain, and only then says in the
 * manifest that it is the backup. Whatever happens on the way, the one before it is still there and whole.
 *
 * @throws BackupProblem
 */
export async function writeBackup(request: BackupRequest): Promise<BackupDone> {
  await requireFolder(request);
  for (let tries = TRIES; ; tries -= 1) {
    try {
      return await writeOnce(request, request.snapshot());
    } catch (cause) {
      if (!(cause instanceof EndPacked) || tries === 1) throw cause;
    }
  }
}

async function writeOnce(request: BackupRequest, snapshot: JournalSnapshot): Promise<BackupDone> {
  const { to, now } = request;
  const startedAt = now();
  const before = await readManifest(to);
  if (before !== null) requireSame(before, snapshot);
  try {
    const work = new Copying(request, snapshot, before);
    const files = await work.copyAll();
    const manifest: Manifest = {
      ...{ format: 'grid-command-backup', version: 1, createdAt: startedAt, program: request.program },
      ...{ journalId: snapshot.journalId, ...snapshot.head, files },
    };
    const report = await readBack(request, manifest, before);
    await writeManifest(to, manifest);
    await removeUnnamed(to, manifest);
    return {
      ...{ folder: to, at: startedAt, journalId: snapshot.journalId, ...snapshot.head, entries: report.entries },
      ...{ files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
      ...{ copiedFiles: work.copiedFiles, copiedBytes: work.copiedBytes, damagedFiles: work.damagedFiles },
      durationMs: now() - startedAt,
    };
  } catch (cause) {
    throw asProblem(cause, to, request.signal);
  }
}

/** Reads every file and walks the chain. @throws BackupProblem */
async function readBack(request: BackupRequest, manifest: Manifest, before: Manifest | null): Promise<JournalReport> {
  const { to, walkJournal, signal, onProgress } = request;
  const total = Math.max(
    1,
    manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  let read = 0;
  for (const { path, sha256, bytes } of manifest.files) {
    const found = await digestOf(storedAt(to, sha256), null, (piece) => {
      signal.throwIfAborted();
      read += piece;
      onProgress('reading_back', Math.min(1, read / total));
    });
    if (found.sha256 !== sha256 || found.bytes !== bytes) {
      // Removed, so that the next backup copies it again.
      await rm(storedAt(to, sha256), { force: true });
      throw new BackupProblem('not_read_back', `${path} was not read back as it was written`);
    }
  }
  const { journalId, sequence, hash } = manifest;
  const anchors = before === null ? [] : [{ sequence: before.sequence, hash: before.hash, from: 'the backup before' }];
  const report = await walkJournal(segmentsOf(to, manifest), { journalId, sequence, hash }, anchors);
  const [problem] = report.problems;
  if (problem === undefined) return report;
  const { segment, offset, reason } = problem;
  const isOlder = reason.includes('the backup before');
  throw new BackupProblem(isOlder ? 'older_than_backup' : 'source_damaged', `${segment}, byte ${offset}: ${reason}`);
}

/** Segments of a backup: name → where its content lies. */
function segmentsOf(folder: string, { files }: Manifest): ReadonlyMap<string, string> {
  const segments = files.filter(({ path }) => /^journal\/[^/]+\.segz?$/.test(path));
  return new Map(segments.map(({ path, sha256 }) => [path.slice('journal/'.length), storedAt(folder, sha256)]));
}

interface Source {
  readonly path: string;
  readonly file: string;
  readonly limit: number | null;
  /** Never changes again. Not a packed segment: one that is packed again after a power cut may get other bytes. */
  readonly isFinal: boolean;
}

class Copying {
  readonly #request: BackupRequest;
  readonly #snapshot: JournalSnapshot;
  readonly #known: ReadonlyMap<string, ManifestFile>;
  copiedFiles = 0;
  copiedBytes = 0;
  damagedFiles = 0;
  #done = 0;
  #total = 1;

  constructor(request: BackupRequest, snapshot: JournalSnapshot, before: Manifest | null) {
    this.#request = request;
    this.#snapshot = snapshot;
    this.#known = new Map(before?.files.map((file) => [file.path, file]) ?? []);
  }

  async copyAll(): Promise<ManifestFile[]> {
    const sources = await this.#sources();
    this.#total = Math.max(1, sources.length);
    const files: ManifestFile[] = [];
    for (const source of sources) {
      const copied = await this.#copy(source);
      if (copied !== null) files.push(copied);
      this.#done += 1;
      this.#request.onProgress('copying', this.#done / this.#total);
    }
    return [...files, ...(await this.#goneAttachments(files))];
  }

  /** A photo that is not there any more was lost, and stays in the backup, unless it was swept. */
  async #goneAttachments(files: readonly ManifestFile[]): Promise<readonly ManifestFile[]> {
    const there = new Set(files.map(({ path }) => path));
    const lost: ManifestFile[] = [];
    for (const file of this.#known.values()) {
      const name = attachmentName(file.path);
      if (name === null || there.has(file.path)) continue;
      if (!(await wasSwept(this.#request.dataFolder, name))) lost.push(file);
    }
    return lost;
  }

  async #sources(): Promise<readonly Source[]> {
    const { dataFolder } = this.#request;
    const segments = this.#snapshot.files.map(({ name, path, bytes }) => {
      return { path: `journal/${name}`, file: path, limit: bytes, isFinal: bytes === null && !name.endsWith('z') };
    });
    const others: Source[] = [];
    for (const folder of folders) {
      for (const file of await filesBelow(join(dataFolder, folder))) {
        const path = relative(dataFolder, file).replaceAll('\\', '/');
        const isFinal = folder === 'attachments';
        if (!isFinal || attachmentName(path) !== null) others.push({ path, file, limit: null, isFinal });
      }
    }
    for (const path of singleFiles) others.push({ path, file: join(dataFolder, path), limit: null, isFinal: false });
    return [...segments, ...others];
  }

  /** Null for a file that is gone by now: an upload that was taken back, settings that were never made. */
  async #copy(source: Source, tries = TRIES): Promise<ManifestFile | null> {
    const { to } = this.#request;
    const { path, isFinal } = source;
    try {
      const digest = await digestOf(source.file, source.limit, () => this.#request.signal.throwIfAborted());
      if (source.limit !== null && digest.bytes < source.limit) throw changed(path);
      const known = this.#known.get(path);
      const name = attachmentName(path);
      if (name !== null && name !== digest.sha256) {
        // One photo must not keep all the rest from being backed up; a good one of an earlier backup stays.
        if (known?.sha256 === name) return known;
        this.damagedFiles += 1;
        if (!(await isStored(to, digest.sha256, digest.bytes))) await this.#store(source, digest);
        return { path, ...digest, isFinal: false };
      }
      if (known?.isFinal === true && known.sha256 !== digest.sha256) throw changed(path);
      if (!(await isStored(to, digest.sha256, digest.bytes))) await this.#store(source, digest);
      return { path, ...digest, isFinal };
    } catch (cause) {
      const mayChange = source.limit === null && !isFinal;
      if (cause instanceof SourceChanged && mayChange && tries > 1) return this.#copy(source, tries - 1);
      if (!isMissing(cause)) throw cause;
      if (!path.startsWith('journal/') || path.includes('set-aside')) return null;
      if (!path.endsWith('.seg')) throw cause;
      // Packed since the snapshot was taken; the last one has grown before.
      if (source.limit !== null) throw new EndPacked('source_changed', `${path} was closed and packed meanwhile`);
      return this.#copy({ ...source, path: `${path}z`, file: `${source.file}z`, isFinal: false });
    }
  }

  /** So far as it was read before: what others have written behind that belongs to the next backup. */
  async #store({ path, file }: Source, { sha256, bytes }: Digest): Promise<void> {
    const { to, signal } = this.#request;
    const stored = storedAt(to, sha256);
    const copied = await copyWhole(file, stored, bytes, () => signal.throwIfAborted());
    if (copied.sha256 !== sha256) {
      await rm(stored, { force: true });
      throw changed(path);
    }
    this.copiedFiles += 1;
    this.copiedBytes += copied.bytes;
  }
}

/** The sum that the name of an attachment promises; null for other files, half-made attachments among them. */
function attachmentName(path: string): string | null {
  const [, group, rest] = /^attachments\/([0-9a-f]{2})\/([0-9a-f]{62})$/.exec(path) ?? [];
  return group === undefined || rest === undefined ? null : group + rest;
}

class SourceChanged extends BackupProblem {}
class EndPacked extends BackupProblem {}

function changed(path: string): SourceChanged {
  return new SourceChanged('source_changed', `${path} changed, which it must not: run npm run verify`);
}

async function isStored(folder: string, sha256: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(storedAt(folder, sha256))).size === bytes;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

/** Without half-made ones. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = found.filter((one) => one.isFile() && !/^\.|\.(new|tmp|half-made)$/.test(one.name));
    return files.map((one) => join(one.parentPath, one.name)).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

/** A folder of its own: empty, or with a backup in it, or with what a first one left that was broken off. */
async function requireFolder({ to, dataFolder }: BackupRequest): Promise<void> {
  const [inner, outer] = [resolve(to), resolve(dataFolder)];
  if (inner === outer || inner.startsWith(`${outer}/`) || outer.startsWith(`${inner}/`)) {
    throw new BackupProblem('folder_in_data', `${to} and the data folder lie in one another: choose another disk`);
  }
  let names: readonly string[];
  try {
    await mkdir(to, { recursive: true, mode: 0o700 });
    names = await readdir(to);
  } catch (cause) {
    throw new BackupProblem('folder_unusable', `${to} cannot be used: ${messageOf(cause)}`, { cause });
  }
  const strange = names.filter((name) => name !== 'files' && !name.startsWith(MANIFEST));
  if (!names.includes(MANIFEST) && strange.length > 0) {
    throw new BackupProblem('folder_not_empty', `${to} holds other files (${strange[0]}): choose an empty folder`);
  }
}

function requireSame(before: Manifest, { journalId, head }: JournalSnapshot): void {
  if (before.journalId !== journalId) {
    throw new BackupProblem('other_journal', 'the folder holds the backup of another journal: choose another folder');
  }
  if (before.sequence > head.sequence) {
    const reason = `the backup holds ${before.sequence} entries, the journal ${head.sequence}: choose another folder`;
    throw new BackupProblem('older_than_backup', reason);
  }
}

/** Contents that no manifest names any more, and what was broken off. */
async function removeUnnamed(folder: string, { files }: Manifest): Promise<void> {
  const named = new Set(files.map(({ sha256 }) => sha256));
  const below = join(folder, 'files');
  for (const group of await readdir(below).catch(() => [])) {
    for (const rest of await readdir(join(below, group))) {
      if (!named.has(group + rest)) await rm(join(below, group, rest), { force: true });
    }
  }
  await syncFolder(folder);
}

export function asProblem(cause: unknown, folder: string, signal: AbortSignal): BackupProblem {
  if (cause instanceof BackupProblem) return cause;
  if (signal.aborted) return new BackupProblem('stopped', 'stopped before the end', { cause });
  return new BackupProblem('folder_unusable', `${folder}: ${messageOf(cause)}`, { cause });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
