import { expect } from 'vitest';
import type { BareEntry, Entry, EntryEvents, Gap, Journal } from '#host/ports/journal.ts';

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

/** As {@link readAround}; their events alone must be the same. */
export async function readEventsAround(journal: Journal, from = 1) {
  const { entries, gaps } = await readAround(journal, from);
  const eventGaps: Gap[] = [];
  const events: EntryEvents[] = [];
  for await (const batch of journal.readEvents(from, (gap) => eventGaps.push(gap))) {
    expect(batch).not.toHaveLength(0);
    events.push(...batch);
  }
  expect(eventGaps).toEqual(gaps);
  expect(events).toEqual(entries.map((entry) => ({ sequence: entry.sequence, events: entry.events })));
  return { entries, gaps };
}
