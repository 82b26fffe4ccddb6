import type { JournalReport } from '#contract/health.ts';
import type { Head } from '#host/ports/journal.ts';
import type { Anchor } from '#host/ports/verification.ts';
import { diskFiles, type JournalFiles } from './journal-files.ts';
import { verifySegments } from './verify.ts';

/** Walks a copy of a journal whose segments lie under other names: name of the segment → path. Its end must be `head`. */
export function walkCopy(
  segments: ReadonlyMap<string, string>,
  head: Head & { readonly journalId: string },
  anchors: readonly Anchor[],
): Promise<JournalReport> {
  const { journalId, sequence, hash } = head;
  const folder = 'copy';
  const files: JournalFiles = {
    ...diskFiles,
    list: () => Promise.resolve([...segments.keys()]),
    open: (path, mode) => diskFiles.open(segments.get(path.slice(folder.length + 1)) ?? path, mode),
  };
  return verifySegments({ files, folder, journalId, head: { sequence, hash }, active: null, anchors });
}
