import { damagedFiles, lineFiles } from '#host/ports/chained-lines.ts';
import type { AlarmsReport } from '#host/ports/verification.ts';

/** Walks the record of alarms from its first line. Null if there is no record. */
export async function checkAlarms(folder: string): Promise<AlarmsReport | null> {
  const files = await lineFiles(folder);
  return files.length === 0 ? null : { files: files.length, damaged: await damagedFiles(folder, files) };
}
