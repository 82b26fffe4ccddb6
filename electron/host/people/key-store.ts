import { join } from 'node:path';
import { z } from '#contract/schema.ts';
import type { MasterKey, Sealer } from '#host/ports/secrets.ts';
import { bucketOf, Buckets } from './buckets.ts';
import { jsonOf, openKeyLine, refOfLine, sealKeyLine, type RecordKey } from './key-line.ts';
import type { PeopleDisk } from './people-disk.ts';

/** A caller's line: `tag` is what its phone's hash goes on with behind the file's name; the rest is under the master key. */
const CallerLine = z.object({ tag: z.string().regex(/^[0-9a-f]{8}$/), sealed: z.base64() });
const Caller = z.object({ phoneHash: z.string(), reporterId: z.string(), ref: z.string() });
type Caller = z.infer<typeof Caller>;

const TAG_END = 11;

/**
 * The keys of all records in `keys/`, by their ref, and who called from which phone in `phones/`, by the phone's hash: one
 * line for each record in either.
 *
 * 1. The key is added first and removed last: while a record has a key, its line in `phones/` can be found and removed.
 * 2. A removal writes one file of each anew without the line and overwrites the old bytes. A disk may still hold copies
 *    elsewhere; they are wrapped by the master key.
 * 3. A line that can't be opened is left where it is and counts as none.
 */
export class KeyStore {
  readonly #keys: Buckets;
  readonly #phones: Buckets;
  readonly #keySealer: Sealer;
  readonly #callerSealer: Sealer;

  constructor(folder: string, master: MasterKey, disk: PeopleDisk) {
    this.#keys = new Buckets(join(folder, 'keys'), disk);
    this.#phones = new Buckets(join(folder, 'phones'), disk);
    this.#keySealer = master.sealer('people.keys');
    this.#callerSealer = master.sealer('people.callers');
  }

  async find(ref: string): Promise<RecordKey | null> {
    const line = (await this.#keys.linesWith(ref, ref)).find((one) => isOf(ref, one));
    return line === undefined ? null : openKeyLine(line, this.#keySealer);
  }

  /** The number of the caller whose phone has this hash, as long as one of its records is kept. */
  async reporterOf(phoneHash: string): Promise<string | null> {
    for (const line of await this.#phones.linesWith(phoneHash, tagOf(phoneHash))) {
      const caller = this.#callerIn(line, phoneHash);
      if (caller !== null) return caller.reporterId;
    }
    return null;
  }

  async add(record: RecordKey): Promise<void> {
    await this.#keys.add(record.ref, sealKeyLine(record, this.#keySealer));
    const caller = callerOf(record);
    if (caller !== null) await this.#phones.add(caller.phoneHash, this.#callerLine(caller));
  }

  async remove(ref: string): Promise<void> {
    const phoneHash = (await this.find(ref))?.phoneHash ?? null;
    if (phoneHash !== null) {
      await this.#phones.remove(phoneHash, (line) => this.#callerIn(line, phoneHash)?.ref === ref);
    }
    await this.#keys.remove(ref, (line) => isOf(ref, line));
  }

  /** Puts lines of keys into their files as they are, with their callers, in place of all that is there. */
  async take(lines: readonly string[]): Promise<void> {
    const keys = new Map<string, string[]>();
    const phones = new Map<string, string[]>();
    for (const line of lines) {
      const ref = refOfLine(line);
      if (ref === null) continue;
      push(keys, ref, line);
      const record = openKeyLine(line, this.#keySealer);
      const caller = record === null ? null : callerOf(record);
      if (caller !== null) push(phones, caller.phoneHash, this.#callerLine(caller));
    }
    for (const [bucket, of] of keys) await this.#keys.write(bucket, of);
    for (const [bucket, of] of phones) await this.#phones.write(bucket, of);
  }

  #callerLine(caller: Caller): string {
    const sealed = this.#callerSealer.seal(Buffer.from(JSON.stringify(caller), 'utf8'), aboutCaller(caller.phoneHash));
    return JSON.stringify({ tag: tagOf(caller.phoneHash), sealed: Buffer.from(sealed).toString('base64') });
  }

  #callerIn(line: string, phoneHash: string): Caller | null {
    const tag = tagOf(phoneHash);
    const parsed = line.includes(tag) ? CallerLine.safeParse(jsonOf(line)) : null;
    if (parsed?.success !== true || parsed.data.tag !== tag) return null;
    const plain = this.#callerSealer.open(Buffer.from(parsed.data.sealed, 'base64'), aboutCaller(phoneHash));
    return plain === null ? null : Caller.parse(jsonOf(Buffer.from(plain).toString('utf8')));
  }
}

function isOf(ref: string, line: string): boolean {
  return line.includes(ref) && refOfLine(line) === ref;
}

function tagOf(phoneHash: string): string {
  return phoneHash.slice(bucketOf(phoneHash).length, TAG_END);
}

function aboutCaller(phoneHash: string): string {
  return `caller ${phoneHash.slice(0, TAG_END)}`;
}

function push(lists: Map<string, string[]>, id: string, line: string): void {
  const bucket = bucketOf(id);
  const list = lists.get(bucket);
  if (list === undefined) lists.set(bucket, [line]);
  else list.push(line);
}

function callerOf({ ref, phoneHash, reporterId }: RecordKey): Caller | null {
  return phoneHash === null || reporterId === null ? null : { ref, phoneHash, reporterId };
}
