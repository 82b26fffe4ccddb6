import { ProjectionUnavailable } from '#host/ports/projection.ts';

/** Somebody who waits until a sequence is reached. Exactly one of the two is called, once. */
export interface Waiter {
  readonly sequence: number;
  pass(): void;
  refuse(reason: ProjectionUnavailable): void;
}

/** Holds those who wait for a sequence. They pass in the order in which they came, inside the call that opens it. */
export class ReadGate {
  #waiters: Waiter[] = [];

  get size(): number {
    return this.#waiters.length;
  }

  wait(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  /** Lets all pass who waited for this sequence or an earlier one. */
  open(sequence: number): void {
    if (this.#waiters.length === 0) return;
    const passing = this.#waiters.filter((waiter) => waiter.sequence <= sequence);
    this.#waiters = this.#waiters.filter((waiter) => waiter.sequence > sequence);
    for (const waiter of passing) waiter.pass();
  }

  refuseAll(reason: string): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.refuse(new ProjectionUnavailable(reason));
  }
}
