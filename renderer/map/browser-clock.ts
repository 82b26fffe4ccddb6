/** Times of the page, milliseconds, and tasks after a delay. */
export const browserClock = {
  now: () => performance.now(),
  /** @returns takes the task back */
  after(delayMs: number, task: () => void): () => void {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
