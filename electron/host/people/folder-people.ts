import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { PeopleState } from '#contract/people.ts';
import { z } from '#contract/schema.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { KeptPerson, People, Person, RecordedRefs } from '#host/ports/people.ts';
import type { MasterKey, Secrets } from '#host/ports/secrets.ts';
import { wholeLines } from './buckets.ts';
import { KeyStore } from './key-store.ts';
import { halfMade, peopleDisk, type PeopleDisk } from './people-disk.ts';
import { openUnsettled, type Unsettled } from './unsettled.ts';

const Record = z.object({ name: z.string(), phone: z.string(), note: z.string() });

/** All keys in one file, as folders of earlier versions have them. */
const EARLIER_KEYS = 'keys.log';

/**
 * People in `folder`: `keys/` and `phones/` have the key and the caller of every record, sealed; the record REF is the file
 * `records/RE/REF`, sealed under its own key; `unsettled.log` names those that the journal may not know. Opening reads the
 * last of these alone, however many people there are. Without a master key the store is closed and touches nothing.
 *
 * @throws SecretProblem when the pass-phrase that was given doesn't open what is there
 */
export async function openPeople(folder: string, secrets: Secrets, disk: PeopleDisk = peopleDisk): Promise<People> {
  const names = await disk.list(folder);
  const isNew = !names.includes('keys') && !names.includes(EARLIER_KEYS);
  const opened = await secrets.masterKey(isNew);
  if (!opened.ok) return closedPeople(opened.error);
  const keys = new KeyStore(folder, opened.value, disk);
  await disk.makeFolder(join(folder, 'keys'));
  await moveEarlierKeys(join(folder, EARLIER_KEYS), keys, disk);
  return new FolderPeople(folder, {
    master: opened.value,
    keys,
    disk,
    unsettled: await openUnsettled(folder, disk, isNew),
  });
}

/** While the one file is there it is what counts: a move that was broken off is done again as a whole. */
async function moveEarlierKeys(file: string, keys: KeyStore, disk: PeopleDisk): Promise<void> {
  const bytes = await disk.read(file);
  if (bytes === null) return;
  await keys.take(wholeLines(bytes));
  await disk.remove(file);
}

function closedPeople(state: PeopleState): People {
  return {
    state: () => state,
    keep: () => Promise.resolve(refused('off')),
    read: () => Promise.resolve(refused('off')),
    erase: () => Promise.resolve(refused('off')),
    settledUpTo: () => null,
    settle: () => Promise.resolve(ok(0)),
    keepOnly: () => Promise.resolve(ok(0)),
  };
}

interface Parts {
  readonly master: MasterKey;
  readonly keys: KeyStore;
  readonly disk: PeopleDisk;
  readonly unsettled: Unsettled;
}

class FolderPeople implements People {
  readonly #folder: string;
  readonly #parts: Parts;
  /** One change of the store after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, parts: Parts) {
    this.#folder = folder;
    this.#parts = parts;
  }

  state(): PeopleState {
    return 'open';
  }

  keep(person: Person): Promise<Result<KeptPerson, 'disk_full'>> {
    const { master, keys, disk, unsettled } = this.#parts;
    return this.#inTurn(async () => {
      const ref = randomBytes(16).toString('hex');
      const phoneHash = person.phone === '' ? null : master.hash('people.phones', person.phone);
      const reporterId = phoneHash === null ? null : ((await keys.reporterOf(phoneHash)) ?? newReporterId());
      const key = master.newKey();
      const sealed = master.sealerOf(key).seal(Buffer.from(JSON.stringify(person), 'utf8'), aboutRecord(ref));
      await unsettled.note(ref);
      await disk.replace(this.#fileOf(ref), sealed);
      await keys.add({ ref, key, phoneHash, reporterId });
      return { ref, reporterId };
    });
  }

  async read(ref: string): ReturnType<People['read']> {
    const { master, keys, disk } = this.#parts;
    // While a removal overwrites the old bytes of a file, a key in it may not be seen: then once more, in turn.
    const record = (await keys.find(ref)) ?? (await this.#last.then(() => keys.find(ref)));
    if (record === null) return refused('missing');
    try {
      const bytes = await disk.read(this.#fileOf(ref));
      if (bytes === null) return refused('missing');
      const plain = master.sealerOf(record.key).open(bytes, aboutRecord(ref));
      if (plain === null) return refused('damaged');
      return ok(Record.parse(JSON.parse(Buffer.from(plain).toString('utf8'))));
    } catch (cause) {
      if (codeOf(cause) === 'EIO') return refused('damaged');
      throw cause;
    }
  }

  erase(ref: string): Promise<Result<null, 'disk_full'>> {
    return this.#inTurn(async () => {
      await this.#destroy(ref);
      return null;
    });
  }

  settledUpTo(): number | null {
    return this.#parts.unsettled.upTo();
  }

  settle(refs: RecordedRefs): Promise<Result<number, 'disk_full'>> {
    return this.#settled(refs, () => refs.erased);
  }

  keepOnly(refs: RecordedRefs): Promise<Result<number, 'disk_full'>> {
    const { unsettled } = this.#parts;
    const stray = () => [...unsettled.refs()].filter((ref) => !refs.kept.has(ref) && !refs.erased.has(ref));
    return this.#settled(refs, (isWhole) => (isWhole ? [...refs.erased, ...stray()] : refs.erased));
  }

  #settled(
    { kept, after, upTo }: RecordedRefs,
    doomed: (isWhole: boolean) => Iterable<string>,
  ): Promise<Result<number, 'disk_full'>> {
    const { unsettled } = this.#parts;
    return this.#inTurn(async () => {
      // Entries between, of which the store was not told, may name what is unsettled.
      const before = unsettled.upTo();
      const isWhole = before === null || after <= before;
      let count = 0;
      for (const ref of doomed(isWhole)) count += (await this.#destroy(ref)) ? 1 : 0;
      for (const ref of unsettled.refs()) if (kept.has(ref)) unsettled.drop(ref);
      await unsettled.write(isWhole ? Math.max(upTo, before ?? 0) : before);
      return count;
    });
  }

  /** The key before the record: from then on nothing opens it. Whatever of it is gone already is passed over. */
  async #destroy(ref: string): Promise<boolean> {
    const { keys, disk, unsettled } = this.#parts;
    const file = this.#fileOf(ref);
    await keys.remove(ref);
    const found = [await disk.remove(file), await disk.remove(halfMade(file))];
    unsettled.drop(ref);
    return found.includes(true);
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
