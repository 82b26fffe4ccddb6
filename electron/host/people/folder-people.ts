import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PeopleState } from '#contract/people.ts';
import { z } from '#contract/schema.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { KeptPerson, People, Person } from '#host/ports/people.ts';
import type { MasterKey, Secrets } from '#host/ports/secrets.ts';
import { hasKeys, openKeyFile, type KeyFile } from './key-file.ts';
import { syncFolder } from './sync-folder.ts';

const Record = z.object({ name: z.string(), phone: z.string(), note: z.string() });

/**
 * People in `folder`: `keys.log` has the key of every record, wrapped; the record REF is the file `records/RE/REF`, sealed
 * under its own key. Without a master key the store is closed and touches nothing.
 *
 * @throws SecretProblem when the pass-phrase that was given doesn't open what is there
 */
export async function openPeople(folder: string, secrets: Secrets): Promise<People> {
  const opened = await secrets.masterKey(!(await hasKeys(folder)));
  if (!opened.ok) return closedPeople(opened.error);
  const keys = await openKeyFile(folder, opened.value);
  return new FolderPeople(folder, opened.value, keys);
}

function closedPeople(state: PeopleState): People {
  return {
    state: () => state,
    keep: () => Promise.resolve(refused('off')),
    read: () => Promise.resolve(refused('off')),
    erase: () => Promise.resolve(refused('off')),
    settle: () => Promise.resolve(),
    keepOnly: () => Promise.resolve(0),
  };
}

class FolderPeople implements People {
  readonly #folder: string;
  readonly #master: MasterKey;
  readonly #keys: KeyFile;
  /** One change of the store after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, master: MasterKey, keys: KeyFile) {
    this.#folder = folder;
    this.#master = master;
    this.#keys = keys;
  }

  state(): PeopleState {
    return 'open';
  }

  keep(person: Person): Promise<Result<KeptPerson, 'disk_full'>> {
    return this.#inTurn(async () => {
      const ref = randomBytes(16).toString('hex');
      const phoneHash = person.phone === '' ? null : this.#master.hash('people.phones', person.phone);
      const reporterId = phoneHash === null ? null : (this.#keys.reporterOf(phoneHash) ?? newReporterId());
      const key = this.#master.newKey();
      const sealed = this.#master.sealerOf(key).seal(Buffer.from(JSON.stringify(person), 'utf8'), aboutRecord(ref));
      await this.#write(this.#fileOf(ref), sealed);
      await this.#keys.add({ ref, key, phoneHash, reporterId });
      return { ref, reporterId };
    });
  }

  async read(ref: string): ReturnType<People['read']> {
    const key = this.#keys.keyOf(ref);
    if (key === undefined) return refused('missing');
    try {
      const plain = this.#master.sealerOf(key).open(await readFile(this.#fileOf(ref)), aboutRecord(ref));
      if (plain === null) return refused('damaged');
      return ok(Record.parse(JSON.parse(Buffer.from(plain).toString('utf8'))));
    } catch (cause) {
      if (codeOf(cause) === 'ENOENT') return refused('missing');
      if (codeOf(cause) === 'EIO') return refused('damaged');
      throw cause;
    }
  }

  erase(ref: string): Promise<Result<null, 'disk_full'>> {
    return this.#inTurn(async () => {
      await this.#destroy([ref]);
      return null;
    });
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async keepOnly(refs: ReadonlySet<string>): Promise<number> {
    const stray = new Set([...this.#keys.refs(), ...(await this.#files())].filter((ref) => !refs.has(ref)));
    if (stray.size > 0) await this.#inTurn(() => this.#destroy([...stray]));
    return stray.size;
  }

  /** Names of all record files, half-made ones too. */
  async #files(): Promise<readonly string[]> {
    try {
      const found = await readdir(join(this.#folder, 'records'), { recursive: true, withFileTypes: true });
      return found.filter((entry) => entry.isFile()).map(({ name }) => name);
    } catch (cause) {
      if (codeOf(cause) === 'ENOENT') return [];
      throw cause;
    }
  }

  /** The keys first: from then on nothing opens the records. */
  async #destroy(refs: readonly string[]): Promise<void> {
    await this.#keys.remove(new Set(refs));
    for (const ref of refs) {
      const file = this.#fileOf(ref);
      await rm(file, { force: true });
      await syncFolder(dirname(file)).catch((cause: unknown) => {
        if (codeOf(cause) !== 'ENOENT') throw cause;
      });
    }
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    const folder = dirname(file);
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder));
    const temporary = `${file}.half-made`;
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
    await syncFolder(folder);
  }

  #fileOf(ref: string): string {
    return join(this.#folder, 'records', ref.slice(0, 2), ref);
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Result<Value, 'disk_full'>> {
    const turn = this.#last.then(async (): Promise<Result<Value, 'disk_full'>> => {
      try {
        return ok(await task());
      } catch (cause) {
        if (codeOf(cause) === 'ENOSPC' || codeOf(cause) === 'EDQUOT') return refused('disk_full');
        throw cause;
      }
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}

function aboutRecord(ref: string): string {
  return `person ${ref}`;
}

/** Says nothing about the person: the side store alone knows which phone it belongs to. */
function newReporterId(): string {
  return `caller-${randomBytes(8).toString('hex')}`;
}

function codeOf(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : null;
}
