import type { Entry } from '#host/ports/journal.ts';

/** What a client heard of a command: proof with its sequence, a refusal, or nothing, yet or since the line broke. */
type Heard = { readonly sequence: number } | 'refused' | 'sent' | 'unknown';

/** Each is a list of what was found wrong, in words; all are empty when the journal kept its promises. */
export interface HistoryFaults {
  /** Acknowledged, and not at that place in the journal, or at two places. */
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
 * What was acknowledged once must stay where it was. A command whose outcome is unknown may be there once or not at all,
 * also if a later try of it is refused.
 */
export class CommandHistory {
  readonly #heard = new Map<string, Heard>();
  readonly #contradictions: string[] = [];

  /** A command is on its way, nothing is heard yet. */
  sent(commandId: string): void {
    if (!this.#heard.has(commandId) || this.#heard.get(commandId) === 'refused') this.#heard.set(commandId, 'sent');
  }

  acknowledged(commandId: string, sequence: number): void {
    const known = this.#heard.get(commandId);
    if (typeof known !== 'object') this.#heard.set(commandId, { sequence });
    else if (known.sequence !== sequence) {
      this.#contradictions.push(`${commandId} was acknowledged at ${known.sequence} and at ${sequence}`);
    }
  }

  /** Means something only where no earlier try of the command is unknown. */
  refused(commandId: string): void {
    if (this.#heard.get(commandId) === 'sent') this.#heard.set(commandId, 'refused');
  }

  /** The line broke: what was sent and not answered may be recorded or not, whatever a later try hears. */
  lineBroke(): void {
    for (const [id, heard] of this.#heard) if (heard === 'sent') this.#heard.set(id, 'unknown');
  }

  /** Whoever asks for these again gets a receipt: from now on they must stay. */
  tellAll(entries: readonly Entry[]): void {
    for (const { commandId, sequence } of entries) this.acknowledged(commandId, sequence);
  }

  /** Ids with their sequences. */
  allAcknowledged(): ReadonlyMap<string, number> {
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
    const lost: string[] = [...this.#contradictions];
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
