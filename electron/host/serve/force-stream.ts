import type { ForceBatch } from '#contract/forces.ts';
import { mergeBatches, packPeople, packPlaces } from '#contract/packed-forces.ts';
import type { ForcePosition } from '#domain/forces/force.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { Forces } from '#host/ports/forces.ts';
import type { Tables } from '#host/ports/tables.ts';
import type { StreamSource } from './stream-source.ts';

/** So many people in one item of the first picture: some 200 kB of text. */
const PEOPLE_TOGETHER = 5_000;
const MINUTE_MS = 60_000;

export interface ForceStreamParts {
  readonly forces: Forces;
  readonly tables: Pick<Tables, 'inForce'>;
  readonly clock: Clock;
  readonly sequence: () => number;
}

/**
 * `forces.watch`: everybody, then what moves. Positions belong to no sequence, so who comes back gets everybody again; for a
 * slow client batches are merged, never queued (LV3).
 */
export function forceStream({ forces, tables, clock, sequence }: ForceStreamParts): StreamSource<ForceBatch> {
  /** The unit that was said of a slot. */
  const described = new Map<number, string>();
  const listeners = new Set<(items: readonly ForceBatch[], sequence: number) => void>();

  function batchOf(people: readonly ForcePosition[], moved: readonly ForcePosition[], gone: readonly number[]) {
    const now = clock.now();
    const { policies } = tables.inForce();
    const day = dayOf(now);
    return {
      asOf: now,
      limits: {
        oldMs: policies.number('position_old_after', day) * MINUTE_MS,
        silentMs: policies.number('position_silent_after', day) * MINUTE_MS,
        isPlaceholder:
          policies.isPlaceholder('position_old_after', day) || policies.isPlaceholder('position_silent_after', day),
      },
      tally: forces.tally(),
      people: packPeople(people),
      moved: packPlaces(moved, now),
      gone: [...gone],
    };
  }

  forces.onMoved(({ moved, gone }) => {
    const people = moved.filter(({ slot, unit }) => described.get(slot) !== unit);
    for (const { slot, unit } of people) described.set(slot, unit);
    for (const slot of gone) described.delete(slot);
    if (listeners.size === 0) return;
    const batch = batchOf(people, moved, gone);
    for (const listener of listeners) listener([batch], sequence());
  });

  return {
    keyOf: () => 'forces',
    merge: mergeBatches,
    snapshot: () => {
      const all = forces.all();
      const items = [batchOf(all.slice(0, PEOPLE_TOGETHER), all.slice(0, PEOPLE_TOGETHER), [])];
      for (let at = PEOPLE_TOGETHER; at < all.length; at += PEOPLE_TOGETHER) {
        const part = all.slice(at, at + PEOPLE_TOGETHER);
        items.push(batchOf(part, part, []));
      }
      return { items, sequence: sequence() };
    },
    since: () => null,
    onItems: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
