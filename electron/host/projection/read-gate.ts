import { ProjectionUnavailable, type UnavailableReason } from '#host/ports/projection.ts';

/** Somebody who waits until a sequence is reached. Exactly one of the two is called, once. */
export interface Waiter {
  readonly sequence: number;
  /** Asks for open cases alone. */
  readonly isOpenOnly: boolean;
  pass(): void;
  refuse(reason: ProjectionUnavailable): void;
}

/** What becomes of a waiter: `wait` on, `pass`, or be refused for a reason. */
export type Verdict = 'wait' | 'pass' | UnavailableReason;

/** Holds those who wait. They pass in the order in which they came, inside the call that lets them. */
export class ReadGate {
  #waiters: Waiter[] = [];

  get size(): number {
    return this.#waiters.length;
  }

  wait(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  settle(judge: (waiter: Waiter) => Verdict): void {
    if (this.#waiters.length === 0) return;
    const judged = this.#waiters.map((waiter) => ({ waiter, verdict: judge(waiter) }));
    this.#waiters = judged.filter(({ verdict }) => verdict === 'wait').map(({ waiter }) => waiter);
    for (const { waiter, verdict } of judged) {
      if (verdict === 'pass') waiter.pass();
      else if (verdict !== 'wait') waiter.refuse(new ProjectionUnavailable(verdict));
    }
  }

  refuseAll(reason: UnavailableReason): void {
    this.settle(() => reason);
  }
}
