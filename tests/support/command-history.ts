import type { Entry } from '#host/ports/journal.ts';

/** What a client heard of a command: proof with its sequence, a refusal, or nothing, since the line broke. */
export type Heard = { readonly sequence: number } | 'refused' | 'unknown';

/** Each is a list of what was found wrong, in words; all are empty when the journal kept its promises. */
export interface HistoryFaults {
  /** Acknowledged, and not at that place in the journal. */
  readonly lost: readonly string[];
  /** More than one entry for a command, or for a version of a case. */
  readonly doubled: readonly string[];
  /** Refused, and in the journal all the same. */
  readonly refusedButThere: readonly string[];
  /** A sequence that does not follow, or an entry that does not name the one before it. */
  readonly broken: readonly string[];
}

export const noFaults: HistoryFaults = { lost: [], doubled: [], refusedButThere: [], broken: [] };

/**
 * FT1 (live-and-storage.md §1.5): every client tells what it heard, and at the end the whole journal is held against it.
 * What was acknowledged once stays so, whatever a later try of the same command hears. A command whose outcome is unknown
 * may be there once or not at all, also if a later try of it is refused.
 */
export class CommandHistory {
  readonly #heard = new Map<string, Heard>();

  tell(commandId: string, heard: Heard): void {
    const known = this.#heard.get(commandId);
    if (typeof known === 'object') return;
    if (known === 'unknown' && heard === 'refused') return;
    this.#heard.set(commandId, heard);
  }

  /** Whoever asks for these again gets a receipt: from now on they must stay. */
  tellAll(entries: readonly Entry[]): void {
    for (const { commandId, sequence } of entries) this.tell(commandId, { sequence });
  }

  /** Ids with their sequences. */
  acknowledged(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [id, heard] of this.#heard) if (typeof heard === 'object') found.set(id, heard.sequence);
    return found;
  }

  unknown(): readonly string[] {
    return [...this.#heard].flatMap(([id, heard]) => (heard === 'unknown' ? [id] : []));
  }

  /** Holds all entries of a journal, in order, against what was heard. */
  faults(entries: readonly Entry[]): HistoryFaults {
    const places = new Map<string, number>();
    const versions = new Set<string>();
    const doubled: string[] = [];
    const broken: string[] = [];
    let before: Entry | undefined;
    for (const entry of entries) {
      const { sequence, commandId, events, prev } = entry;
      if (places.has(commandId)) doubled.push(`${commandId} at ${places.get(commandId)} and ${sequence}`);
      places.set(commandId, sequence);
      for (const { caseId, version } of events) {
        const key = `${caseId} version ${version}`;
        if (versions.has(key)) doubled.push(`${key}, again at ${sequence}`);
        versions.add(key);
      }
      if (sequence !== (before?.sequence ?? 0) + 1) broken.push(`${sequence} behind ${before?.sequence ?? 'nothing'}`);
      if (before !== undefined && prev !== before.hash) broken.push(`${sequence} does not name the entry before it`);
      before = entry;
    }
    const lost: string[] = [];
    const refusedButThere: string[] = [];
    for (const [id, heard] of this.#heard) {
      const place = places.get(id);
      if (heard === 'refused' && place !== undefined) refusedButThere.push(`${id} at ${place}`);
      if (typeof heard !== 'object' || heard.sequence === place) continue;
      lost.push(`${id} was acknowledged at ${heard.sequence}, found ${place ?? 'nowhere'}`);
    }
    return { lost, doubled, refusedButThere, broken };
  }
}
