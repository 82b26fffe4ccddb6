import { Instant, z } from './schema.ts';
import { JournalProblem } from './health.ts';

/**
 * Where backups go and when. `dailyAt` is the time of day in Beijing, null: only by hand. A backup older than
 * `warnAfterHours` is a health fact; 48 is a placeholder 可配置.
 */
export const BackupSettings = z.strictObject({
  folder: z.string().min(1).max(4_096).nullable(),
  dailyAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day as 02:30')
    .nullable(),
  warnAfterHours: z
    .int()
    .min(1)
    .max(24 * 366)
    .default(48),
});
export type BackupSettings = z.infer<typeof BackupSettings>;

/** `to` left out: the folder of the settings. */
export const BackupRun = z.strictObject({ to: z.string().min(1).max(4_096).optional() });

/**
 * A backup that was read back whole. `sequence` and `hash` are the journal's head in it; `copiedFiles` were not there
 * before.
 */
export const BackupDone = z.object({
  folder: z.string(),
  at: Instant,
  journalId: z.string(),
  sequence: z.int(),
  hash: z.string(),
  entries: z.int(),
  files: z.int(),
  bytes: z.int(),
  copiedFiles: z.int(),
  copiedBytes: z.int(),
  /** Attachments whose content is not what their name says, and of which no earlier backup has a good one. */
  damagedFiles: z.int(),
  durationMs: z.int(),
});
export type BackupDone = z.infer<typeof BackupDone>;

/** Why a backup or a restore was not made. The one before it is still whole. */
export const backupProblems = [
  'folder_unusable',
  'folder_in_data',
  'folder_not_empty',
  'other_journal',
  'older_than_backup',
  'source_changed',
  'source_damaged',
  'not_read_back',
  'no_backup',
  'stopped',
] as const;
export type BackupProblemCode = (typeof backupProblems)[number];

export const BackupFailure = z.object({
  at: Instant,
  folder: z.string(),
  isDrill: z.boolean(),
  problem: z.enum(backupProblems),
  reason: z.string(),
});
export type BackupFailure = z.infer<typeof BackupFailure>;

/** A recovery drill: the last backup restored beside the data, verified, compared with the live journal, and removed. */
export const DrillReport = z.object({
  ok: z.boolean(),
  at: Instant,
  /** When the backup was made. */
  backupAt: Instant,
  sequence: z.int(),
  hash: z.string(),
  entries: z.int(),
  files: z.int(),
  bytes: z.int(),
  durationMs: z.int(),
  /** The live journal holds the backup's head at its place. */
  isOfThisJournal: z.boolean(),
  problems: z.array(JournalProblem),
});
export type DrillReport = z.infer<typeof DrillReport>;

/** `share` of the work that is done, 0 … 1. `nextAt`: the next one by the schedule. */
export const BackupStatus = z.object({
  settings: BackupSettings,
  state: z.enum(['idle', 'copying', 'reading_back', 'drilling']),
  share: z.number().min(0).max(1),
  lastGood: BackupDone.nullable(),
  lastFailure: BackupFailure.nullable(),
  lastDrill: DrillReport.nullable(),
  nextAt: Instant.nullable(),
  /** Nobody has said where backups go. */
  isUnset: z.boolean(),
});
export type BackupStatus = z.infer<typeof BackupStatus>;
