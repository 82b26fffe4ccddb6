import type { Entry } from '#host/ports/journal.ts';
import type { RecordedRefs } from '#host/ports/people.ts';

/** Reveals of the past that the journal tells of: by which account, when. */
export interface Revealed {
  readonly principal: string;
  readonly at: number;
}

/** What the journal says of the side store behind the entry `after`, gathered while it is folded. */
export class ReporterRefs implements RecordedRefs {
  readonly after: number;
  upTo: number;
  readonly kept = new Set<string>();
  readonly erased = new Set<string>();
  readonly reveals: Revealed[] = [];

  constructor(after: number) {
    this.after = after;
    this.upTo = after;
  }

  note({ sequence, at, actor, events }: Entry): void {
    this.upTo = sequence;
    for (const event of events) {
      if (event.type === 'case.reporter_recorded.v1') this.kept.add(event.ref);
      else if (event.type === 'case.reporter_erased.v1') {
        this.kept.delete(event.ref);
        this.erased.add(event.ref);
      } else if (event.type === 'case.reporter_revealed.v1') this.reveals.push({ principal: actor, at });
    }
  }
}
