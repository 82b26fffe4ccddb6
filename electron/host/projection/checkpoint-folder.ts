import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from '#contract/schema.ts';
import { caseStateNames, recordKinds, type CaseStateName } from '#domain/case/lifecycle.ts';

const Span = z.object({ from: z.number(), to: z.number() }).readonly();

/** A file of tables as a manifest names it, with all that is asked of a year without opening it. */
const NamedFile = z.object({
  name: z.string(),
  bytes: z.number(),
  /** SHA-256 of its bytes, in hex. */
  sum: z.string(),
  counters: z
    .array(
      z.object({
        state: z.enum(caseStateNames as [CaseStateName, ...CaseStateName[]]),
        record: z.enum(recordKinds),
        year: z.string(),
        count: z.number(),
      }),
    )
    .readonly(),
  reported: Span.nullable(),
  ended: Span.nullable(),
});
export type NamedFile = Readonly<z.infer<typeof NamedFile>>;

/** A checkpoint: the entry behind which its files were written, and the files. `years` are those of the ended cases. */
const Manifest = z.object({
  schemaHash: z.string(),
  journalId: z.string(),
  sequence: z.number(),
  /** The journal's hash at the sequence. */
  hash: z.string(),
  open: NamedFile,
  years: z.record(z.string(), NamedFile).readonly(),
});
export type Manifest = Readonly<z.infer<typeof Manifest>>;

/** A manifest in the folder; null if it or one of its files is not there, or not whole at a glance. */
export interface Generation {
  readonly name: string;
  readonly manifest: Manifest | null;
}

/** Generations that are kept: the newest, and the one that is taken if that is bad. */
const GENERATIONS = 2;

/** `manifest-000012.json`, `open-000011.sqlite`, `2026-000010.sqlite`, and what a write that was cut off left of them. */
const ownName = /^(?:(?:manifest-(\d+)\.json)|(?:(?:open|\d{4})-(\d+)\.sqlite))(?:\.tmp)?$/;
/** Names of the single file of versions before this one. */
const oldNames = ['cases.sqlite', 'cases.sqlite.tmp'];

/**
 * The folder of the projection. Every file gets a new number, is written whole or not at all (temporary file, sync,
 * rename, sync of the folder, which is made if somebody deleted it) and never changed. A manifest makes its files a
 * checkpoint; it and they stay until there are two newer ones.
 */
export class CheckpointFolder {
  readonly #folder: string;
  #serial = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Newest first. The bytes of the files are not examined here: {@link read} does that with one of them. */
  generations(): readonly Generation[] {
    return this.#manifests().map((name) => ({ name, manifest: this.#manifest(name) }));
  }

  /** The bytes of a file; null if they are not those that its manifest names. */
  read(file: NamedFile): Uint8Array | null {
    try {
      const bytes = readFileSync(join(this.#folder, file.name));
      return bytes.length === file.bytes && sumOf(bytes) === file.sum ? bytes : null;
    } catch {
      return null;
    }
  }

  has(file: NamedFile): boolean {
    return existsSync(join(this.#folder, file.name));
  }

  /**
   * Writes a file of tables under a new name: `open`, or a year.
   *
   * @throws the system's error (no space, no rights …)
   */
  write(kind: string, image: Uint8Array): Pick<NamedFile, 'name' | 'bytes' | 'sum'> {
    const name = `${kind}-${this.#nextSerial()}.sqlite`;
    this.#replace(name, image);
    return { name, bytes: image.length, sum: sumOf(image) };
  }

  /**
   * Makes files that were written a checkpoint, and removes what no kept checkpoint names.
   *
   * @throws the system's error; the checkpoints before it are then still there
   */
  commit(manifest: Manifest): void {
    const body = JSON.stringify(manifest);
    this.#replace(`manifest-${this.#nextSerial()}.json`, Buffer.from(JSON.stringify({ sum: sumOf(body), body })));
    this.tidy();
  }

  /** Whether the newest generation is of this sequence. */
  holds(sequence: number): boolean {
    const [newest] = this.#manifests();
    return newest !== undefined && this.#manifest(newest)?.sequence === sequence;
  }

  /** @returns false if the system refuses; harmless, because everything is examined again at every opening */
  remove(name: string): boolean {
    try {
      rmSync(join(this.#folder, name), { force: true, recursive: true });
      return true;
    } catch {
      return false;
    }
  }

  /** Removes every file of a projection, also those of older versions, and no other. */
  clear(): void {
    this.#serial = Math.max(this.#serial, this.#lastSerial());
    for (const [name] of this.#ownNames()) this.remove(name);
    for (const name of oldNames) this.remove(name);
  }

  /** Removes what no kept generation names. */
  tidy(): void {
    const kept = new Set(this.#manifests().slice(0, GENERATIONS));
    for (const name of [...kept]) {
      const manifest = this.#manifest(name);
      if (manifest !== null) for (const file of filesOf(manifest)) kept.add(file.name);
    }
    for (const [name] of this.#ownNames()) if (!kept.has(name)) this.remove(name);
    for (const name of oldNames) this.remove(name);
  }

  /** What lies in the folder is known by then: no number is given twice. */
  #nextSerial(): string {
    this.#serial = Math.max(this.#serial, this.#lastSerial()) + 1;
    return String(this.#serial).padStart(6, '0');
  }

  #lastSerial(): number {
    return Math.max(0, ...this.#ownNames().map(([, serial]) => serial));
  }

  #ownNames(): readonly (readonly [name: string, serial: number])[] {
    let names: readonly string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return []; // there is no folder, or none that can be read
    }
    return names.flatMap((name) => {
      const found = ownName.exec(name);
      return found === null ? [] : [[name, Number(found[1] ?? found[2])] as const];
    });
  }

  /** Names of manifests, newest first. */
  #manifests(): readonly string[] {
    return this.#ownNames()
      .filter(([name]) => name.endsWith('.json'))
      .sort(([, a], [, b]) => b - a)
      .map(([name]) => name);
  }

  #manifest(name: string): Manifest | null {
    try {
      const { sum, body } = Sealed.parse(JSON.parse(readFileSync(join(this.#folder, name), 'utf8')));
      if (sumOf(body) !== sum) return null;
      const manifest = Manifest.parse(JSON.parse(body));
      return filesOf(manifest).every((file) => statSync(join(this.#folder, file.name)).size === file.bytes)
        ? manifest
        : null;
    } catch {
      return null; // unreadable, cut, changed, or of another version
    }
  }

  #replace(name: string, bytes: Uint8Array): void {
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, name);
    const temporary = `${path}.tmp`;
    try {
      const handle = openSync(temporary, 'w', 0o600);
      try {
        writeAll(handle, bytes);
      } finally {
        closeSync(handle);
      }
      renameSync(temporary, path);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
    syncFolder(this.#folder);
  }
}

/** A manifest as it lies on the disk: its text, and the SHA-256 of it. */
const Sealed = z.object({ sum: z.string(), body: z.string() });

export function filesOf({ open, years }: Manifest): readonly NamedFile[] {
  return [open, ...Object.values(years)];
}

function sumOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** So much is written between two syncs. */
const PIECE_BYTES = 1024 * 1024;

/** To the disk in pieces: a sync of the journal waits for what another file has unwritten, and a year has 600 MB. */
function writeAll(handle: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    let written = 0;
    while (written < piece.length) written += writeSync(handle, piece, written);
    fdatasyncSync(handle);
  }
  fsyncSync(handle);
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // cannot sync a folder
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
