import { HOUR_MS, type Instant } from '#domain/base/instant.ts';
import type { BareEntry } from '#host/ports/journal.ts';
import type { RecordedRefs } from '#host/ports/people.ts';

/** Reveals of the past that the journal tells of: by which account, when. */
export interface Revealed {
  readonly principal: string;
  readonly at: number;
}

/** What the journal says of the side store, gathered from every entry behind the one it begins at. */
export class ReporterRefs {
  #after: number;
  #upTo: number;
  #kept = new Set<string>();
  #erased = new Set<string>();
  #reveals: Revealed[] = [];

  constructor(after: number) {
    this.#after = after;
    this.#upTo = after;
  }

  note({ sequence, at, actor, events }: BareEntry): void {
    this.#upTo = sequence;
    for (const event of events) {
      if (event.type === 'case.reporter_recorded.v1') this.#kept.add(event.ref);
      else if (event.type === 'case.reporter_erased.v1') {
        this.#kept.delete(event.ref);
        this.#erased.add(event.ref);
      } else if (event.type === 'case.reporter_revealed.v1') this.#reveals.push({ principal: actor, at });
    }
  }

  /** Reveals of the last hour: older ones count for nothing. */
  reveals(now: Instant): readonly Revealed[] {
    this.#reveals = this.#reveals.filter(({ at }) => at > now - HOUR_MS);
    return this.#reveals;
  }

  /** What was named since this was last asked. */
  take(): RecordedRefs {
    const taken = { after: this.#after, upTo: this.#upTo, kept: this.#kept, erased: this.#erased };
    this.#after = this.#upTo;
    this.#kept = new Set();
    this.#erased = new Set();
    return taken;
  }

  /** Gives back what was taken and could not be seen to. */
  giveBack({ after, kept, erased }: RecordedRefs): void {
    this.#after = after;
    for (const ref of kept) if (!this.#erased.has(ref)) this.#kept.add(ref);
    for (const ref of erased) this.#erased.add(ref);
  }

  restore(reveals: readonly Revealed[]): void {
    this.#reveals = [...reveals];
  }
}
