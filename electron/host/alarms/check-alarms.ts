import type { AlarmsReport } from '#host/ports/verification.ts';
import { alarmFiles, NO_HASH, readLines, type AlarmHead } from './alarm-lines.ts';

/**
 * Walks the record of alarms from its first line: the hash of each line and its place in the chain. What stands behind the
 * last whole line of a file is half-written and passed over. Null if there is no record.
 */
export async function checkAlarms(folder: string): Promise<AlarmsReport | null> {
  const files = await alarmFiles(folder);
  if (files.length === 0) return null;
  const damaged: string[] = [];
  // Null behind a damaged line: nobody knows what follows it.
  let head: AlarmHead | null = { sequence: 0, hash: NO_HASH };
  for (const name of files) {
    const { lines, hashes } = await readLines(folder, name);
    let isWhole = true;
    for (const [index, line] of lines.entries()) {
      if (line === null) {
        isWhole = false;
        head = null;
        continue;
      }
      if (head !== null && (line.prev !== head.hash || line.sequence !== head.sequence + 1)) isWhole = false;
      head = { sequence: line.sequence, hash: hashes[index] ?? '' };
    }
    if (!isWhole) damaged.push(name);
  }
  return { files: files.length, damaged };
}
