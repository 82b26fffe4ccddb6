import { caseRow } from '#contract/case-row.ts';
import type { CaseChange } from '#contract/cases.ts';
import { ChangeRing } from '#host/serve/change-ring.ts';
import type { StreamSource } from '#host/serve/stream-source.ts';
import { aCase } from '#tests/builders/cases.ts';

const someRow = caseRow(aCase(1), 1);

/** A stream of open cases that changes when a test says so; keeps `kept` changes for those who come back. */
export class ManualStream implements StreamSource<CaseChange> {
  readonly #rows = new Map<string, CaseChange>();
  readonly #listeners = new Set<(items: readonly CaseChange[], sequence: number) => void>();
  readonly #ring: ChangeRing<CaseChange>;
  #sequence = 0;

  constructor(kept = 1_000) {
    this.#ring = new ChangeRing(kept, 0);
  }

  get sequence(): number {
    return this.#sequence;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** One entry that changes these cases. */
  change(...ids: readonly string[]): void {
    this.#sequence += 1;
    const items = ids.map((id): CaseChange => ({ kind: 'upsert', row: { ...someRow, id, sequence: this.#sequence } }));
    this.#publish(items);
  }

  remove(id: string): void {
    this.#sequence += 1;
    this.#publish([{ kind: 'remove', id }]);
  }

  keyOf(item: CaseChange): string {
    return item.kind === 'remove' ? item.id : item.row.id;
  }

  snapshot(): { readonly items: readonly CaseChange[]; readonly sequence: number } {
    return { items: [...this.#rows.values()], sequence: this.#sequence };
  }

  since(sequence: number): { readonly items: readonly CaseChange[]; readonly sequence: number } | null {
    const items = this.#ring.since(sequence);
    return items === null ? null : { items, sequence: this.#sequence };
  }

  onItems(listener: (items: readonly CaseChange[], sequence: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #publish(items: readonly CaseChange[]): void {
    for (const item of items) {
      this.#ring.note(this.#sequence, item);
      if (item.kind === 'remove') this.#rows.delete(item.id);
      else this.#rows.set(item.row.id, item);
    }
    for (const listener of this.#listeners) listener(items, this.#sequence);
  }
}
