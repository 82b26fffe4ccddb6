/** The host ended by itself; how long to wait before it is started again. */
const firstDelayMs = 250;
const longestDelayMs = 10_000;
export const allowedCrashes = 5;

/** After this long in service earlier crashes are forgotten. */
export const steadyAfterMs = 60_000;

/**
 * @param crashes how often the host has ended by itself since it last ran steadily, this time included
 * @returns milliseconds to wait, or null when it is no use any more
 */
export function restartDelayMs(crashes: number): number | null {
  if (crashes > allowedCrashes) return null;
  return Math.min(firstDelayMs * 2 ** (crashes - 1), longestDelayMs);
}
