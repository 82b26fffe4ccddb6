import type { DecideContext } from '#domain/case/decision.ts';
import { CaseMemory } from '#host/cases/case-memory.ts';
import { CaseNumbers } from '#host/cases/case-numbers.ts';
import { foldJournal } from '#host/cases/fold-journal.ts';
import { CommandQueue } from '#host/command/command-queue.ts';
import { Receipts } from '#host/command/receipts.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Journal } from '#host/ports/journal.ts';
import { aContext } from '#tests/builders/cases.ts';
import type { LocalJournalOptions } from '#host/journal/local/open-local-journal.ts';
import type { ManualClock } from './manual-clock.ts';
import { archiveOf } from './archive-of.ts';
import { openJournal } from './open-journal.ts';

export interface OpenedQueue {
  readonly queue: CommandQueue;
  readonly cases: CaseMemory;
  readonly journal: Journal;
  readonly health: HealthFacts;
  readonly clock: ManualClock;
}

/** Rules and units that the commands are decided by, where the small ones of the tests do not do. */
export type QueueRules = Pick<DecideContext, 'rules' | 'units'>;

/** The command queue over a real journal in `folder`, with memory folded from it, as a host starts. */
export async function openQueue(
  folder: string,
  change: Partial<Pick<LocalJournalOptions, 'segmentBytes' | 'files' | 'scheduler'>> & {
    readonly rules?: QueueRules;
    readonly keptEnded?: number;
  } = {},
): Promise<OpenedQueue> {
  const { rules, keptEnded, ...ofJournal } = change;
  const { journal, health, clock } = await openJournal(folder, ofJournal);
  const numbers = new CaseNumbers();
  const cases = new CaseMemory(journal, archiveOf(journal), keptEnded);
  const receipts = new Receipts();
  const { lastRecordedAt } = await foldJournal({ journal, cases, numbers }, (entry) => receipts.note(entry));
  await cases.bringBack();
  const tables = { limits: 'test-1' };
  const reference = {
    ...aContext(),
    ...rules,
    newCaseId: (at: Parameters<CaseNumbers['next']>[0]) => numbers.next(at),
  };
  const queue = new CommandQueue({
    journal,
    cases,
    receipts,
    clock,
    reference: () => reference,
    tables: () => tables,
    lastRecordedAt,
  });
  return { queue, cases, journal, health, clock };
}
