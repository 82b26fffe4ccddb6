import { z } from 'zod';

// Before the first schema is made, or zod probes `new Function` and the content policy records a violation (stack.md §6).
z.config({ jitless: true });

export { z };

/** A moment, epoch milliseconds. */
export const Instant = z.int();

/**
 * A moment as people and scripts write it: epoch milliseconds, ISO 8601 with `Z` or offset, or a day `YYYY-MM-DD`,
 * which means its first moment in Beijing (UTC+8).
 */
export const InstantInput = z.union([z.int(), z.iso.datetime({ offset: true }), z.iso.date()]);
export type InstantInput = z.infer<typeof InstantInput>;

/** Epoch milliseconds of an {@link InstantInput}. */
export function instantOf(input: InstantInput): number {
  if (typeof input === 'number') return input;
  return Date.parse(input.length === 10 ? `${input}T00:00:00+08:00` : input);
}

/** A piece of text that the sender must have thought about: trimmed it is not empty, and it has an end. */
export const Words = z.string().trim().min(1).max(2_000);
export const Code = z.string().min(1).max(80);
export const NoInput = z.strictObject({}).default({});
