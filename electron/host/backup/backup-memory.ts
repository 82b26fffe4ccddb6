import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackupDone, BackupFailure, BackupSettings, DrillReport } from '#contract/backup.ts';
import { Instant, z } from '#contract/schema.ts';
import { isMissing, writeWhole } from './backup-files.ts';
import { sumOf } from './sum.ts';

const Kept = z.strictObject({
  lastGood: BackupDone.nullable(),
  lastFailure: BackupFailure.nullable(),
  lastDrill: DrillReport.nullable(),
});
/** What is known of past backups; kept in the data folder, in `backup.json`. */
export type Kept = z.infer<typeof Kept>;

/** `sum`: {@link sumOf} the rest; files of earlier programs have none. */
const StoredKept = Kept.extend({ sum: z.string().optional() });

const StoredSettings = BackupSettings.extend({ changedAt: Instant });
export type StoredSettings = z.infer<typeof StoredSettings>;

const noneKept: Kept = { lastGood: null, lastFailure: null, lastDrill: null };
const unset: StoredSettings = { folder: null, dailyAt: null, warnAfterHours: 48, changedAt: 0 };

/** Nothing known if the file is absent or not as it was written: the next backup says it anew. */
export async function readKept(file: string): Promise<Kept> {
  const read = StoredKept.safeParse(await readJson(file));
  if (!read.success) return noneKept;
  const { sum, ...kept } = read.data;
  return sum === undefined || sum === sumOf(Kept.parse(kept)) ? kept : noneKept;
}

export function writeKept(file: string, kept: Kept): Promise<void> {
  return writeJson(file, { ...kept, sum: sumOf(Kept.parse(kept)) });
}

/** The part `backup` of the host's settings. `isDamaged`: something is there, and it is not as it was written. */
export async function readBackupSettings(
  file: string,
): Promise<{ readonly settings: StoredSettings; readonly isDamaged: boolean }> {
  const text = await readText(file);
  if (text === null) return { settings: unset, isDamaged: false };
  const whole = z.object({ backup: StoredSettings.optional() }).safeParse(parsed(text));
  return { settings: whole.data?.backup ?? unset, isDamaged: !whole.success };
}

/** Replaces that part and leaves what others keep in the same file. */
export async function writeBackupSettings(file: string, backup: StoredSettings): Promise<void> {
  const others = z.record(z.string(), z.json()).safeParse(await readJson(file));
  await writeJson(file, { ...(others.success ? others.data : {}), backup });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  return text === null ? null : parsed(text);
}

/** Null if there is no such file. */
async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

/** Null for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function writeJson(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
}
