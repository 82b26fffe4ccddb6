/** So many losses within {@link WITHIN_MS} mean that something is wrong beyond a driver that was reset. */
const MANY = 3;
const WITHIN_MS = 10 * 60_000;
const REBUILD_AFTER_MS = 400;
const TRY_AGAIN_AFTER_MS = 60_000;

/** What follows a loss of the graphics context. */
export interface AfterLoss {
  /** `failed`: people are told that the map can't be drawn; it is tried again all the same. */
  readonly status: 'lost' | 'failed';
  /** Until the map is built anew, milliseconds. */
  readonly waitMs: number;
}

/** Losses of the graphics context, so that a map that stands for months is not given up for three of them. */
export class LostContexts {
  #times: readonly number[] = [];

  /** @param now milliseconds of a clock that never goes back */
  note(now: number): AfterLoss {
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length < MANY ? { status: 'lost', waitMs: REBUILD_AFTER_MS } : failed;
  }
}

/** Where no context can be had at all. */
export const failed: AfterLoss = { status: 'failed', waitMs: TRY_AGAIN_AFTER_MS };
