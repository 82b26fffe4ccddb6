import { required } from '#domain/base/assert-never.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { Recorded } from '#host/ports/commands.ts';
import type { Entry } from '#host/ports/journal.ts';

/** Receipts of steps that are kept: three weeks of a district's steps at 24,000 a day. */
const KEPT_STEPS = 500_000;

/**
 * First receipts by command id, rebuilt from the journal at start: a repeated id gets the first one.
 *
 * 1. Of commands that began a case all are kept: a file that was imported years ago changes nothing when it comes again.
 * 2. Of steps the last {@link KEPT_STEPS} are kept. An older one that comes again is decided anew, and refused by the state
 *    that it led to.
 */
export class Receipts {
  readonly #beginnings = new Map<string, Recorded>();
  readonly #steps = new Map<string, Recorded>();
  readonly #keptSteps: number;

  constructor(keptSteps = KEPT_STEPS) {
    this.#keptSteps = keptSteps;
  }

  has(commandId: string): boolean {
    return this.#beginnings.has(commandId) || this.#steps.has(commandId);
  }

  repeat(commandId: string): Recorded | undefined {
    const first = this.#beginnings.get(commandId) ?? this.#steps.get(commandId);
    return first === undefined ? undefined : { ...first, isRepeat: true };
  }

  /** `state` is the state of the entry's last case after the entry. */
  record(entry: Entry, state: CaseStateName): Recorded {
    const last = required(entry.events.at(-1), 'an entry has at least one event');
    const receipt: Recorded = {
      commandId: entry.commandId,
      sequence: entry.sequence,
      caseId: last.caseId,
      version: last.version,
      state,
      isRepeat: false,
    };
    if (entry.events.some(({ version }) => version === 1)) this.#beginnings.set(entry.commandId, receipt);
    else this.#keepStep(receipt);
    return receipt;
  }

  #keepStep(receipt: Recorded): void {
    this.#steps.set(receipt.commandId, receipt);
    if (this.#steps.size <= this.#keptSteps) return;
    // A map gives its keys in the order in which they came.
    for (const oldest of this.#steps.keys()) {
      this.#steps.delete(oldest);
      return;
    }
  }
}
