import { required } from '#domain/base/assert-never.ts';
import type { CaseStateName } from '#domain/case/lifecycle.ts';
import type { Recorded } from '#host/ports/commands.ts';
import type { Entry } from '#host/ports/journal.ts';

/** First receipts by command id, rebuilt from the journal at start: a repeated id gets the first one. */
export class Receipts {
  readonly #byCommand = new Map<string, Recorded>();

  has(commandId: string): boolean {
    return this.#byCommand.has(commandId);
  }

  repeat(commandId: string): Recorded | undefined {
    const first = this.#byCommand.get(commandId);
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
    this.#byCommand.set(entry.commandId, receipt);
    return receipt;
  }
}
