import { isMissing } from './disk-errors.ts';
import type { JournalFile, JournalFiles } from './journal-files.ts';
import { PackedFile, type PackedIndex } from './packed-file.ts';

/** A segment's file, whichever form it has by now. `index` is kept between openings of a packed one. */
export interface SegmentPath {
  readonly path: string;
  index: PackedIndex | null;
}

/** A packed segment has the name of the plain one with this behind it. */
export const PACKED_ENDING = 'z';

export function isPacked({ path }: Pick<SegmentPath, 'path'>): boolean {
  return path.endsWith(`.seg${PACKED_ENDING}`);
}

/** Opens a segment for reading, packed or not; one that was packed since it was listed is found under its new name. */
export async function openSegment(files: JournalFiles, segment: SegmentPath): Promise<JournalFile> {
  if (isPacked(segment)) return openPacked(files, segment);
  try {
    return await files.open(segment.path, 'read');
  } catch (error) {
    if (!isMissing(error)) throw error;
    try {
      return await openPacked(files, { path: segment.path + PACKED_ENDING, index: null });
    } catch {
      throw error;
    }
  }
}

async function openPacked(files: JournalFiles, segment: SegmentPath): Promise<PackedFile> {
  const opened = await PackedFile.open(await files.open(segment.path, 'read'), segment.index);
  segment.index = opened.index;
  return opened;
}
