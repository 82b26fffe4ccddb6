import { expect } from 'vitest';
import type { BareEntry, Entry, Gap, Journal } from '#host/ports/journal.ts';

/** What a walk around damage gives: bare, and each of them whole as it is read alone; and what it leaves out. */
export async function readAround(journal: Journal, from = 1) {
  const gaps: Gap[] = [];
  const read: BareEntry[] = [];
  for await (const batch of journal.readAround(from, (gap) => gaps.push(gap))) {
    expect(batch).not.toHaveLength(0);
    read.push(...batch);
  }
  const entries = await journal.readEach(read.map(({ sequence }) => sequence));
  expect(read).toEqual(entries.map(bare));
  return { entries, gaps };
}

function bare({ sequence, at, commandId, actor, events }: Entry): BareEntry {
  return { sequence, at, commandId, actor, events };
}
