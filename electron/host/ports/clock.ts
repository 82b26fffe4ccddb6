import type { Instant } from '#domain/base/instant.ts';

/** The host's time. Recorded time never runs backwards; the command queue sees to that. */
export interface Clock {
  now(): Instant;
}

/** Does something later. With a manual clock nothing happens until it is advanced. */
export interface Scheduler {
  /** Calls `task` once, `delayMs` from now or as soon as possible after it; the result cancels it. */
  after(delayMs: number, task: () => void): () => void;
}
