import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackupDone, BackupFailure, BackupSettings, DrillReport } from '#contract/backup.ts';
import { Instant, z } from '#contract/schema.ts';
import { isMissing, writeWhole } from './backup-files.ts';

const Kept = z.object({
  lastGood: BackupDone.nullable(),
  lastFailure: BackupFailure.nullable(),
  lastDrill: DrillReport.nullable(),
});
/** What is known of past backups; kept in the data folder, in `backup.json`. */
export type Kept = z.infer<typeof Kept>;

const StoredSettings = BackupSettings.extend({ changedAt: Instant });
export type StoredSettings = z.infer<typeof StoredSettings>;

const noneKept: Kept = { lastGood: null, lastFailure: null, lastDrill: null };
const unset: StoredSettings = { folder: null, dailyAt: null, warnAfterHours: 48, changedAt: 0 };

/** Nothing known if the file is absent or not as it was written: the next backup says it anew. */
export async function readKept(file: string): Promise<Kept> {
  const read = Kept.safeParse(await readJson(file));
  return read.success ? read.data : noneKept;
}

export function writeKept(file: string, kept: Kept): Promise<void> {
  return writeJson(file, kept);
}

/** The part `backup` of the host's settings; unset if there is none that can be read. */
export async function readBackupSettings(file: string): Promise<StoredSettings> {
  const whole = z.object({ backup: StoredSettings }).safeParse(await readJson(file));
  return whole.success ? whole.data.backup : unset;
}

/** Replaces that part and leaves what others keep in the same file. */
export async function writeBackupSettings(file: string, backup: StoredSettings): Promise<void> {
  const others = z.record(z.string(), z.json()).safeParse(await readJson(file));
  await writeJson(file, { ...(others.success ? others.data : {}), backup });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    if (isMissing(cause) || cause instanceof SyntaxError) return null;
    throw cause;
  }
}

async function writeJson(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
}
