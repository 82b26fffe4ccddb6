import type { CaseArchive } from '#host/ports/cases.ts';
import type { Journal } from '#host/ports/journal.ts';

/** An archive that walks the whole journal for each case: what the projection is for, and far slower. */
export function archiveOf(journal: Pick<Journal, 'read'>): CaseArchive {
  return {
    mayHave: () => true,
    async sequencesOf(id) {
      const sequences: number[] = [];
      for await (const { sequence, events } of journal.read(1)) {
        if (events.some(({ caseId }) => caseId === id)) sequences.push(sequence);
      }
      return sequences.length === 0 ? null : sequences;
    },
  };
}
