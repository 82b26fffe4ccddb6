import { HOUR_MS, type Instant } from '#domain/base/instant.ts';
import type { Entry } from '#host/ports/journal.ts';

/** Reveals of the past that the journal tells of: by which account, when. */
export interface Revealed {
  readonly principal: string;
  readonly at: number;
}

/** Records of the side store that entries named. */
export interface NamedRecords {
  readonly recorded: ReadonlySet<string>;
  /** Named as erased. */
  readonly erased: ReadonlySet<string>;
}

/** What the journal says of the side store, gathered from every entry. */
export class ReporterRefs {
  #recorded = new Set<string>();
  #erased = new Set<string>();
  #reveals: Revealed[] = [];

  note({ at, actor, events }: Entry): void {
    for (const event of events) {
      if (event.type === 'case.reporter_recorded.v1') this.#recorded.add(event.ref);
      else if (event.type === 'case.reporter_erased.v1') this.#erased.add(event.ref);
      else if (event.type === 'case.reporter_revealed.v1') this.#reveals.push({ principal: actor, at });
    }
  }

  /** Reveals of the last hour: older ones count for nothing. */
  reveals(now: Instant): readonly Revealed[] {
    this.#reveals = this.#reveals.filter(({ at }) => at > now - HOUR_MS);
    return this.#reveals;
  }

  /** What was named since this was last asked. */
  take(): NamedRecords {
    const taken = { recorded: this.#recorded, erased: this.#erased };
    this.#recorded = new Set();
    this.#erased = new Set();
    return taken;
  }

  /** Gives back what was taken and could not be seen to. */
  giveBack({ recorded, erased }: NamedRecords): void {
    for (const ref of recorded) this.#recorded.add(ref);
    for (const ref of erased) this.#erased.add(ref);
  }

  restore(reveals: readonly Revealed[]): void {
    this.#reveals = [...reveals];
  }
}
