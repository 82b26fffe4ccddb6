import type { Instant } from '#domain/base/instant.ts';
import type { Candidate } from '#domain/same-cause/best-candidates.ts';
import type { SameCauseQuery } from '#domain/same-cause/facts.ts';
import type { SameCausePolicy } from '#domain/same-cause/policy.ts';
import type { SpotQuery, SpotRow } from '#domain/same-cause/same-cause-index.ts';

/** Which open and recently closed cases may have the same cause 同因, as of {@link SameCause.sequence}. */
export interface SameCause {
  readonly policy: SameCausePolicy;
  /** Journal sequence up to which cases are known. */
  sequence(): number;
  /** False while what was there at the start is still being taken in: then an answer is of a part. */
  isWhole(): boolean;
  /** At most `limit`, best first. */
  candidates(query: SameCauseQuery, limit: number): readonly Candidate[];
  /** Newest report first. */
  historyAt(spot: SpotQuery, range: { readonly radiusMetres: number; readonly since: Instant }): readonly SpotRow[];
}
