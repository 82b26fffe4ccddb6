import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';

/**
 * When somebody last did something with a case, as far as its state tells: side procedures leave `stateSince` alone. An act
 * of which no trace has a time (催办, 拆案) counts as done when the one before it was.
 */
export function lastActAt({ stateSince, chain, side }: CaseState): Instant {
  const { extensionRequest, suspensionRequest, supervisions, orders, endorsement, appeal, merged, ticket } = side;
  let last = stateSince;
  const see = (at: Instant | null | undefined) => {
    if (at !== null && at !== undefined && at > last) last = at;
  };
  see(chain.at(-1)?.sentAt);
  see(extensionRequest?.at);
  see(suspensionRequest?.at);
  see(ticket?.acceptedAt);
  see(appeal?.at);
  for (const { at } of appeal?.reviews ?? []) see(at);
  for (const { at } of merged) see(at);
  for (const { at, answer } of supervisions) {
    see(at);
    see(answer?.at);
  }
  for (const { sentAt, acceptedAt, arrivedAt, endedAt } of orders)
    [sentAt, acceptedAt, arrivedAt, endedAt].forEach(see);
  for (const { startedAt, endedAt } of endorsement?.steps ?? []) [startedAt, endedAt].forEach(see);
  return last;
}
