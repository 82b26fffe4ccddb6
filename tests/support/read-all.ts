import type { Entry, Journal } from '#host/ports/journal.ts';

/** Every entry of the journal, in order. */
export async function readAll(journal: Journal): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of journal.read(1)) entries.push(entry);
  return entries;
}
