import { required } from '#domain/base/assert-never.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import { statesAfter } from '#domain/case/states-after.ts';
import type { Recorded } from '#host/ports/commands.ts';
import type { BareEntry, Entry } from '#host/ports/journal.ts';
import { fingerprintOf, Fingerprints, WORDS, type Fingerprint } from './fingerprints.ts';

/** Steps that can be found again: at least ten days of a district's steps at 24,000 a day. */
const KEPT_STEPS = 250_000;

/** So many at least; more than wait at a time, so that what was looked up is there when its command is decided. */
const READY_RECEIPTS = 25_000;

/** What is to be kept of receipts over a restart. */
export interface ReceiptsDump {
  /** Of commands that began a case: those that came since the dump before. */
  readonly beginnings: Uint32Array;
  /** Of steps: the last ones, oldest first. */
  readonly steps: Uint32Array;
}

/**
 * First receipts by command id: a repeated id gets the first one.
 *
 * 1. Of commands that began a case all can be found: a file that was imported years ago changes nothing when it comes again.
 * 2. Of steps at least the last {@link KEPT_STEPS}. An older one that comes again is decided anew, and refused by the state
 *    that it led to.
 * 3. Ready are the receipts of the last commands. Of the others memory has a fingerprint and a sequence: the receipt is in
 *    the journal, and is made ready by {@link lookUp} before a command with that id may be decided.
 */
export class Receipts {
  /**
   * Two maps, of which the older is dropped as a whole: taking the oldest key out of one map again and again makes each
   * search for it pass over the holes of all before it.
   */
  #ready = new Map<string, Recorded>();
  #olderReady = new Map<string, Recorded>();
  readonly #beginnings = new Fingerprints();
  readonly #keptSteps: number;
  /** The last steps in the order in which they came, {@link WORDS} words each; begins anew from the front when full. */
  readonly #lastSteps: Uint32Array;
  #stepCount = 0;
  #steps = new Fingerprints();
  #olderSteps = new Fingerprints();
  #newBeginnings: number[] = [];

  constructor(keptSteps = KEPT_STEPS) {
    this.#keptSteps = keptSteps;
    this.#lastSteps = new Uint32Array(keptSteps * WORDS);
  }

  /** Commands that began a case, and can be found. */
  get beginnings(): number {
    return this.#beginnings.size;
  }

  /** The first receipt, if it is ready. */
  repeat(commandId: string): Recorded | undefined {
    const first = this.#ready.get(commandId) ?? this.#olderReady.get(commandId);
    return first === undefined ? undefined : { ...first, isRepeat: true };
  }

  /** Where the journal may have a receipt that is not ready; almost always nowhere. */
  suspects(commandId: string): readonly number[] {
    if (this.#ready.has(commandId) || this.#olderReady.has(commandId)) return [];
    const print = fingerprintOf(commandId);
    return [this.#beginnings, this.#steps, this.#olderSteps].flatMap((prints) => prints.find(print));
  }

  /** Makes ready what the journal has of these commands. `folded`: a case as it was after an entry. */
  async lookUp(
    commandIds: readonly string[],
    readEach: (sequences: readonly number[]) => Promise<readonly Entry[]>,
    folded: (caseId: string, sequence: number) => Promise<CaseState | undefined>,
  ): Promise<void> {
    const wanted = new Set(commandIds);
    const sequences = new Set(commandIds.flatMap((id) => this.suspects(id)));
    if (sequences.size === 0) return;
    for (const entry of await readEach([...sequences].sort((a, b) => a - b))) {
      if (!wanted.has(entry.commandId)) continue;
      const [first] = entry.events;
      const { caseId } = required(entry.events.at(-1), 'an entry has at least one event');
      const isWhole = first?.version === 1 && entry.events.every((event) => event.caseId === caseId);
      const state = isWhole ? statesAfter(entry.events, () => undefined).at(-1) : await folded(caseId, entry.sequence);
      this.#makeReady(receiptOf(entry, required(state, 'an entry changes a case').state));
    }
  }

  /** Takes note of an entry that was recorded before this start. */
  note({ commandId, sequence, events }: BareEntry): void {
    const print = fingerprintOf(commandId);
    if (events.some(({ version }) => version === 1)) {
      this.#beginnings.add(print, sequence);
      this.#newBeginnings.push(print.high, print.low, sequence);
      return;
    }
    this.#noteStep(print, sequence);
  }

  /** `state` is the state of the entry's last case after the entry. */
  record(entry: BareEntry, state: CaseStateName): Recorded {
    this.note(entry);
    return this.#makeReady(receiptOf(entry, state));
  }

  dump(): ReceiptsDump {
    const beginnings = Uint32Array.from(this.#newBeginnings);
    this.#newBeginnings = [];
    const end = this.#stepCount % this.#keptSteps;
    const oldestFirst =
      this.#stepCount < this.#keptSteps
        ? [this.#lastSteps.subarray(0, end * WORDS)]
        : [this.#lastSteps.subarray(end * WORDS), this.#lastSteps.subarray(0, end * WORDS)];
    const steps = new Uint32Array(Math.min(this.#stepCount, this.#keptSteps) * WORDS);
    let at = 0;
    for (const part of oldestFirst) {
      steps.set(part, at);
      at += part.length;
    }
    return { beginnings, steps };
  }

  restore({ beginnings, steps }: ReceiptsDump): void {
    this.#beginnings.addWords(beginnings);
    for (let at = 0; at < steps.length; at += WORDS) {
      this.#noteStep({ high: steps[at] ?? 0, low: steps[at + 1] ?? 0 }, steps[at + 2] ?? 0);
    }
  }

  #noteStep(print: Fingerprint, sequence: number): void {
    const at = (this.#stepCount % this.#keptSteps) * WORDS;
    this.#lastSteps[at] = print.high;
    this.#lastSteps[at + 1] = print.low;
    this.#lastSteps[at + 2] = sequence;
    this.#stepCount += 1;
    this.#steps.add(print, sequence);
    if (this.#steps.size < this.#keptSteps) return;
    this.#olderSteps = this.#steps;
    this.#steps = new Fingerprints();
  }

  #makeReady(receipt: Recorded): Recorded {
    this.#ready.set(receipt.commandId, receipt);
    if (this.#ready.size >= READY_RECEIPTS) {
      this.#olderReady = this.#ready;
      this.#ready = new Map();
    }
    return receipt;
  }
}

function receiptOf({ commandId, sequence, events }: BareEntry, state: CaseStateName): Recorded {
  const { caseId, version } = required(events.at(-1), 'an entry has at least one event');
  return { commandId, sequence, caseId, version, state, isRepeat: false };
}
