import { plus } from '#domain/base/instant.ts';
import type { NewEntry } from '#host/ports/journal.ts';
import { morning, play, routine } from '#tests/builders/cases.ts';
import { openJournal } from '#tests/support/open-journal.ts';

const BATCH = 500;

/** `days` of reports, evenly, beginning on the morning of the tests. */
export interface LongJournal {
  readonly cases: number;
  /** Cases that are open at any time, and at the end. */
  readonly open: number;
  readonly days?: number;
}

/** Writes the entries of many cases, each going its whole way from 上报 to 结案 while others are on theirs. */
export async function longJournal(dataFolder: string, long: LongJournal): Promise<void> {
  const { journal } = await openJournal(dataFolder);
  for (const batch of batchesOf(long)) {
    const written = await journal.append(batch, journal.head().sequence);
    if (!written.ok) throw new Error(written.error);
  }
  await journal.close();
}

/** The entries by batches, in order. */
export function* batchesOf({ cases, open, days = 10 }: LongJournal): Generator<readonly NewEntry[]> {
  const steps = play(routine('20261124000001')).events;
  const stride = Math.max(1, Math.floor(open / (steps.length - 1)));
  const slotMs = (days * 86_400_000) / cases;
  let batch: NewEntry[] = [];
  let serial = 0;
  for (let slot = 0; slot < cases; slot += 1) {
    const at = plus(morning, Math.floor(slot * slotMs));
    for (const [step, event] of steps.entries()) {
      const number = slot - step * stride;
      if (number < 0) continue;
      const own = { ...event, at, caseId: `20261124${String(number + 1).padStart(6, '0')}` };
      serial += 1;
      batch.push({ at, commandId: `command-${serial}`, actor: 'desk-1', events: [own], tables: { limits: 'x' } });
    }
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
