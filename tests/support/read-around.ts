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
  expect(await readEvents(journal, from)).toEqual({
    gaps,
    events: read.map(({ sequence, events }) => ({ sequence, events })),
  });
  const entries = await journal.readEach(read.map(({ sequence }) => sequence));
  expect(read).toEqual(entries.map(bare));
  return { entries, gaps };
}

async function readEvents(journal: Journal, from: number) {
  const gaps: Gap[] = [];
  const events: EntryEvents[] = [];
  for await (const batch of journal.readEvents(from, (gap) => gaps.push(gap))) {
    expect(batch).not.toHaveLength(0);
    events.push(...batch);
  }
  return { gaps, events };
}

function bare({ sequence, at, commandId, actor, events }: Entry): BareEntry {
  return { sequence, at, commandId, actor, events };
}
