import { expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { desk, morning } from '#tests/builders/cases.ts';
import { aTicket } from '#tests/builders/world.ts';
import { openQueue } from '#tests/support/open-queue.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { CaseMemory } from './case-memory.ts';
import { CaseNumbers } from './case-numbers.ts';
import { foldJournal } from './fold-journal.ts';

test('after a restart no number is given twice: those of tickets count as well', async () => {
  const { queue, journal } = await openQueue(await temporaryFolder());
  const answer = await queue.submit({ id: 'ticket', actor: desk, body: aTicket() });
  if (!answer.ok) throw new Error(answer.error.code);
  const numbers = new CaseNumbers();
  await foldJournal(journal, new CaseMemory(journal), numbers, () => {});
  const next = numbers.next(instant(morning));
  await journal.close();
  expect(Number(next)).toBeGreaterThan(Number(answer.value.caseId));
});
