import type { CaseEvent } from '#domain/case/events.ts';
import type { MissingThing, NamedReport } from '#host/ports/verification.ts';
import { HAS_RECORD, IS_NAMED } from './check-people.ts';
import type { HashIndex } from './hash-index.ts';

/** What an entry's body has in it if it names a photo or a person, as canonical JSON writes it. */
const SIGNS = ['"photos":[{', '"type":"case.reporter_'].map((text) => Buffer.from(text, 'utf8'));

/** So many missing things are named one by one; more are counted. */
const MOST = 1_000;
/** So many missing records wait to be told to have been erased by a later entry; of more that is not asked. */
const MOST_WAITING = 100_000;

/**
 * Compares what entries of the journal name with what lies beside it: photos, and records of people that were not erased.
 * Both are on the disk before the entry is, so `photos` and `people` are to be gathered before the journal is walked, also
 * beside a running host.
 */
export class NamedByJournal {
  readonly #photos: HashIndex;
  readonly #people: HashIndex;
  /** Entries behind it may still be on their way. */
  readonly #last: number;
  readonly #missingPhotos = new Map<string, MissingThing>();
  readonly #missingPeople = new Map<string, MissingThing>();
  #more = 0;
  #photosNamed = 0;
  #peopleNamed = 0;

  constructor(photos: HashIndex, people: HashIndex, last: number | null) {
    this.#photos = photos;
    this.#people = people;
    this.#last = last ?? Number.POSITIVE_INFINITY;
  }

  /** `body`: the whole entry as JSON. */
  note(sequence: number, body: Buffer): void {
    if (!SIGNS.some((sign) => body.includes(sign))) return;
    const { events } = JSON.parse(body.toString('utf8')) as { readonly events: readonly CaseEvent[] };
    for (const event of events) {
      if ('photos' in event) for (const { hash } of event.photos) this.#photo(hash, sequence, event.caseId);
      if (event.type === 'case.reporter_recorded.v1') this.#person(event.ref, sequence, event.caseId);
      if (event.type === 'case.reporter_erased.v1') this.#erased(event.ref);
    }
  }

  /** Where entries can't be read, nobody knows who was erased: then people are not told to be missing. */
  report(isJournalWhole: boolean): NamedReport {
    const people = isJournalWhole ? [...this.#missingPeople.values()] : [];
    const all = [...this.#missingPhotos.values(), ...people].sort((a, b) => a.sequence - b.sequence);
    return {
      photos: this.#photosNamed,
      people: this.#peopleNamed,
      missing: all.slice(0, MOST),
      missingCount: all.length + (isJournalWhole ? this.#more : 0),
    };
  }

  /** Records that have a key and that no entry names, or one says to be erased. */
  unnamedPeople(): Iterable<string> {
    return this.#people.having((flags) => (flags & IS_NAMED) === 0);
  }

  #photo(hash: string, sequence: number, caseId: string): void {
    this.#photosNamed += 1;
    if (this.#photos.flags(hash) !== null || sequence > this.#last || this.#missingPhotos.has(hash)) return;
    if (this.#missingPhotos.size < MOST_WAITING) {
      this.#missingPhotos.set(hash, { kind: 'photo', name: hash, sequence, caseId });
    }
  }

  #person(ref: string, sequence: number, caseId: string): void {
    this.#peopleNamed += 1;
    const flags = this.#people.flags(ref);
    if (flags !== null) this.#people.setFlags(ref, flags | IS_NAMED);
    if ((flags !== null && (flags & HAS_RECORD) !== 0) || sequence > this.#last) return;
    const kind = flags === null ? 'person_key' : 'person_record';
    if (this.#missingPeople.size < MOST_WAITING) this.#missingPeople.set(ref, { kind, name: ref, sequence, caseId });
    else this.#more += 1;
  }

  #erased(ref: string): void {
    this.#peopleNamed -= 1;
    const flags = this.#people.flags(ref);
    if (flags !== null) this.#people.setFlags(ref, flags & ~IS_NAMED);
    this.#missingPeople.delete(ref);
  }
}
