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
  /** These are named by recorded entries: they are never asked about again. Durable when it resolves. */
  settle(recorded: ReadonlySet<string>): Promise<void>;
  /** Erases every record but these: what a crash left between store and journal. Returns how many. */
  keepOnly(refs: ReadonlySet<string>): Promise<number>;
}
