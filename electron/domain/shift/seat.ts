import type { Instant } from '#domain/base/instant.ts';

/** How hard a PIN is to guess from what is kept of it: argon2id, in KiB and passes. Salt and hash in base64. */
export interface KeptPin {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly salt: string;
  readonly hash: string;
}

/** How many things a handover told, of each kind. */
export type HandoverCounts = Readonly<Record<string, number>>;

/** What the outgoing person signed: the form in a file, and what it was made of. `sequence` and `head` are the journal's. */
export interface SignedForm {
  readonly number: number;
  /** The handover before; null for the first. */
  readonly since: Instant | null;
  readonly at: Instant;
  readonly sequence: number;
  readonly head: string;
  readonly counts: HandoverCounts;
  /** SHA-256 of the file's bytes, in hexadecimal, which is its name as well. */
  readonly hash: string;
}

/** One line of the record of shifts: what happened at the seat. Persons by their number in the table of people, never by name. */
export type ShiftRecord =
  | { readonly kind: 'pin'; readonly person: string; readonly pin: KeptPin }
  /** A wrong PIN; `blockedUntil` when it was one too many. */
  | { readonly kind: 'failed'; readonly person: string; readonly blockedUntil: Instant | null }
  /** The right PIN after wrong ones. */
  | { readonly kind: 'fitted'; readonly person: string }
  | { readonly kind: 'pin_reset'; readonly person: string }
  | { readonly kind: 'on'; readonly person: string }
  | { readonly kind: 'released' }
  /** `key` of a line, or empty for the handover as a whole; an empty text takes the note back. */
  | { readonly kind: 'note'; readonly key: string; readonly text: string }
  | { readonly kind: 'known'; readonly keys: readonly string[]; readonly isKnown: boolean }
  | { readonly kind: 'signed'; readonly person: string; readonly form: SignedForm }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'handed_over'; readonly person: string; readonly known: readonly string[] }
  | { readonly kind: 'locked'; readonly by: 'key' | 'idle' }
  | { readonly kind: 'unlocked'; readonly person: string };

export interface SignedAt {
  readonly person: string;
  readonly at: Instant;
}

/** A handover that two persons signed. */
export interface Handover {
  readonly form: SignedForm;
  readonly outgoing: SignedAt;
  readonly incoming: SignedAt;
  readonly known: readonly string[];
}

/** Who sits at the desk, and the handover under way, as folded from the record. One person has the seat until the next has it. */
export class Seat {
  onDuty: SignedAt | null = null;
  readonly pins = new Map<string, KeptPin>();
  /** Wrong PINs in a row, and until when none is looked at. */
  readonly failures = new Map<string, { readonly count: number; readonly blockedUntil: Instant | null }>();
  readonly notes = new Map<string, string>();
  readonly known = new Set<string>();
  /** Signed by the outgoing person, not yet by the incoming one. */
  signed: { readonly by: SignedAt; readonly form: SignedForm } | null = null;
  lock: { readonly since: Instant; readonly by: 'key' | 'idle' } | null = null;
  readonly handovers: Handover[] = [];

  apply(record: ShiftRecord, at: Instant): void {
    switch (record.kind) {
      case 'pin':
        this.pins.set(record.person, record.pin);
        break;
      case 'failed': {
        const count = (this.failures.get(record.person)?.count ?? 0) + 1;
        this.failures.set(record.person, { count, blockedUntil: record.blockedUntil });
        break;
      }
      case 'fitted':
        this.failures.delete(record.person);
        break;
      case 'pin_reset':
        this.pins.delete(record.person);
        this.failures.delete(record.person);
        break;
      case 'on':
        this.onDuty = { person: record.person, at };
        break;
      case 'released':
        this.onDuty = null;
        this.lock = null;
        break;
      case 'note':
        if (record.text === '') this.notes.delete(record.key);
        else this.notes.set(record.key, record.text);
        break;
      case 'known':
        for (const key of record.keys) {
          if (record.isKnown) this.known.add(key);
          else this.known.delete(key);
        }
        break;
      case 'signed':
        this.signed = { by: { person: record.person, at }, form: record.form };
        break;
      case 'withdrawn':
        this.signed = null;
        break;
      case 'handed_over':
        this.#handOver(record, at);
        break;
      case 'locked':
        this.lock = { since: at, by: record.by };
        break;
      case 'unlocked':
        this.lock = null;
        break;
    }
  }

  #handOver({ person, known }: ShiftRecord & { readonly kind: 'handed_over' }, at: Instant): void {
    if (this.signed === null) return;
    const { by, form } = this.signed;
    this.handovers.push({ form, outgoing: by, incoming: { person, at }, known });
    this.onDuty = { person, at };
    this.signed = null;
    this.notes.clear();
    this.known.clear();
  }
}
