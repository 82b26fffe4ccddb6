import type { PeopleState } from '#contract/people.ts';
import type { Result } from '#domain/base/result.ts';

/** What tells who somebody is; texts are empty where nothing is known. `phone` is digits only. */
export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly note: string;
}

/** A kept record: `ref` is random and stands in events; `reporterId` is the same for every record with this phone. */
export interface KeptPerson {
  readonly ref: string;
  /** Null without a phone: such a caller can't be found again. */
  readonly reporterId: string | null;
}

/** The erasable side store (decision 12): the only place where names and numbers of people lie. */
export interface People {
  state(): PeopleState;
  /** Durable when it resolves, so that what refers to it may be recorded. */
  keep(person: Person): Promise<Result<KeptPerson, 'off' | 'disk_full'>>;
  read(ref: string): Promise<Result<Person, 'off' | 'missing' | 'damaged'>>;
  /** Destroys the record and its key; durable when it resolves. One that is gone already is no error. */
  erase(ref: string): Promise<Result<null, 'off' | 'disk_full'>>;
  /**
   * Up to which entry the store was told what the journal names; null while it is closed or new. A start that leaves out entries
   * behind it, since `people/` came from an older backup, say, must read them for the store's sake.
   */
  settledUpTo(): number | null;
  /**
   * Until the journal is known to name a record, it is unsettled, which is on the disk before the record is. This settles
   * what `refs` name: records kept are never asked about again, records erased are gone. A start may leave entries out only
   * when what they name was settled. Returns how many records went.
   */
  settle(refs: RecordedRefs): Promise<Result<number, 'disk_full'>>;
  /**
   * At a start, with what the entries since the last {@link settle} name, or more: settles that, and erases what else is
   * unsettled, since a crash left it between store and journal. Where entries before them were not settled it erases only
   * what was recorded as erased. Returns how many records went.
   */
  keepOnly(refs: RecordedRefs): Promise<Result<number, 'disk_full'>>;
}

/** What the entries behind `after`, up to and with `upTo`, say of records: which they name, which they say were erased. */
export interface RecordedRefs {
  readonly after: number;
  readonly upTo: number;
  readonly kept: ReadonlySet<string>;
  readonly erased: ReadonlySet<string>;
}
