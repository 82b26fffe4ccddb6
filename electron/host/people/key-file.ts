import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from '#contract/schema.ts';
import type { MasterKey, Sealer } from '#host/ports/secrets.ts';
import { syncFolder } from './sync-folder.ts';

const FILE = 'keys.log';
const NEWLINE = 0x0a;

/** What the store must know of a record to find and open it. */
export interface RecordKey {
  readonly ref: string;
  readonly key: Uint8Array;
  /** Keyed hash of the phone; null without one. */
  readonly phoneHash: string | null;
  readonly reporterId: string | null;
}

/** A line of the file: `sealed` is the rest of a {@link RecordKey}, under the master key. */
const Line = z.object({ ref: z.string().regex(/^[0-9a-f]{32}$/), sealed: z.base64() });
const Sealed = z.object({ key: z.base64(), phoneHash: z.string().nullable(), reporterId: z.string().nullable() });

/** Whether anything was ever kept in the folder; then its master key must not be replaced. */
export async function hasKeys(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, FILE))).isFile();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw cause;
  }
}

/**
 * The keys of all records, one line each, in `keys.log`.
 *
 * 1. A key is appended and synced; a line that a crash left unfinished is cut at the next opening: nobody was told of it.
 * 2. A removal writes the file anew without the line and puts it in place of the old one, whose bytes are then overwritten.
 *    A disk may still hold copies elsewhere; they are wrapped by the master key.
 * 3. A line that can't be opened is left where it is and counts as no key.
 */
export async function openKeyFile(folder: string, master: MasterKey): Promise<KeyFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, FILE);
  await rm(halfMade(file), { force: true });
  const isNew = !(await hasKeys(folder));
  const handle = await open(file, isNew ? 'wx+' : 'r+', 0o600);
  try {
    if (isNew) await syncFolder(folder);
    const bytes = await handle.readFile();
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end < bytes.length) await handle.truncate(end);
    const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
    return new KeyFile(file, master.sealer('people.keys'), lines, end);
  } finally {
    await handle.close();
  }
}

export class KeyFile {
  readonly #file: string;
  readonly #sealer: Sealer;
  readonly #keys = new Map<string, RecordKey>();
  /** How many records have this phone, and the number that their caller goes by. */
  readonly #phones = new Map<string, { readonly reporterId: string; count: number }>();
  #lines: string[];
  #size: number;

  constructor(file: string, sealer: Sealer, lines: string[], size: number) {
    this.#file = file;
    this.#sealer = sealer;
    this.#lines = lines;
    this.#size = size;
    for (const line of lines) this.#learn(line);
  }

  /** Of every line, those that can't be opened too. */
  refs(): ReadonlySet<string> {
    return new Set(this.#lines.flatMap((line) => refOf(line) ?? []));
  }

  keyOf(ref: string): Uint8Array | undefined {
    return this.#keys.get(ref)?.key;
  }

  /** The number of the caller whose phone has this hash, as long as one of its records is kept. */
  reporterOf(phoneHash: string): string | undefined {
    return this.#phones.get(phoneHash)?.reporterId;
  }

  async add({ ref, key, phoneHash, reporterId }: RecordKey): Promise<void> {
    const plain = JSON.stringify({ key: Buffer.from(key).toString('base64'), phoneHash, reporterId });
    const sealed = this.#sealer.seal(Buffer.from(plain, 'utf8'), aboutKey(ref));
    const line = JSON.stringify({ ref, sealed: Buffer.from(sealed).toString('base64') });
    const bytes = Buffer.from(`${line}\n`, 'utf8');
    const handle = await open(this.#file, 'r+');
    try {
      await writeAll(handle, bytes, this.#size);
      await handle.sync();
    } catch (cause) {
      await handle.truncate(this.#size);
      throw cause;
    } finally {
      await handle.close();
    }
    this.#size += bytes.length;
    this.#lines.push(line);
    this.#note({ ref, key, phoneHash, reporterId });
  }

  async remove(refs: ReadonlySet<string>): Promise<void> {
    const kept = this.#lines.filter((line) => !refs.has(refOf(line) ?? ''));
    if (kept.length === this.#lines.length) return;
    const bytes = Buffer.from(kept.map((line) => `${line}\n`).join(''), 'utf8');
    await this.#replaceWith(bytes, () => {
      this.#lines = kept;
      this.#size = bytes.length;
      for (const ref of refs) this.#forget(ref);
    });
  }

  async #replaceWith(bytes: Uint8Array, replaced: () => void): Promise<void> {
    const temporary = halfMade(this.#file);
    // Windows lets nobody replace a file that is open: there the old bytes stay on the disk until it needs the room.
    const old = process.platform === 'win32' ? null : await open(this.#file, 'r+');
    try {
      const next = await open(temporary, 'w', 0o600);
      try {
        await next.writeFile(bytes);
        await next.sync();
      } finally {
        await next.close();
      }
      const before = this.#size;
      await rename(temporary, this.#file);
      replaced();
      await syncFolder(dirname(this.#file));
      if (old === null) return;
      await writeAll(old, Buffer.alloc(before), 0);
      await old.sync();
    } finally {
      await old?.close();
      await rm(temporary, { force: true });
    }
  }

  #learn(line: string): void {
    const parsed = Line.safeParse(jsonOf(line));
    if (!parsed.success) return;
    const { ref, sealed } = parsed.data;
    const plain = this.#sealer.open(Buffer.from(sealed, 'base64'), aboutKey(ref));
    if (plain === null) return;
    const { key, phoneHash, reporterId } = Sealed.parse(jsonOf(Buffer.from(plain).toString('utf8')));
    this.#note({ ref, key: Buffer.from(key, 'base64'), phoneHash, reporterId });
  }

  #note(record: RecordKey): void {
    this.#keys.set(record.ref, record);
    const { phoneHash, reporterId } = record;
    if (phoneHash === null || reporterId === null) return;
    const known = this.#phones.get(phoneHash);
    if (known === undefined) this.#phones.set(phoneHash, { reporterId, count: 1 });
    else known.count += 1;
  }

  #forget(ref: string): void {
    const record = this.#keys.get(ref);
    this.#keys.delete(ref);
    if (record === undefined || record.phoneHash === null) return;
    const known = this.#phones.get(record.phoneHash);
    if (known === undefined) return;
    known.count -= 1;
    if (known.count === 0) this.#phones.delete(record.phoneHash);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

function halfMade(file: string): string {
  return `${file}.half-made`;
}

function aboutKey(ref: string): string {
  return `key of ${ref}`;
}

function refOf(line: string): string | null {
  const parsed = Line.safeParse(jsonOf(line));
  return parsed.success ? parsed.data.ref : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
