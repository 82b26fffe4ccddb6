import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupDone, BackupSettings, BackupStatus, DrillReport } from '#contract/backup.ts';
import type { ErrorCode, WireError } from '#contract/errors.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { Audit } from '#host/ports/audit.ts';
import { BackupProblem, type Backups } from '#host/ports/backup.ts';
import type { Clock, Scheduler } from '#host/ports/clock.ts';
import type { HealthFacts } from '#host/ports/health.ts';
import type { Journal } from '#host/ports/journal.ts';
import type { Log } from '#host/ports/log.ts';
import {
  readBackupSettings,
  readKept,
  writeBackupSettings,
  writeKept,
  type Kept,
  type StoredSettings,
} from './backup-memory.ts';
import { lastTimeAt, nextTimeAt } from './backup-times.ts';
import { restoreBackup, type VerifyFolder } from './restore-backup.ts';
import { writeBackup, type WalkJournal } from './write-backup.ts';

export interface BackupKeeperOptions {
  readonly dataFolder: string;
  readonly program: string;
  readonly journal: Pick<Journal, 'snapshot' | 'readEach' | 'head'>;
  readonly walkJournal: WalkJournal;
  readonly verifyFolder: VerifyFolder;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly health: HealthFacts;
  readonly log: Log;
}

/** How often the schedule and the age of the last backup are looked at. */
const LOOK_MS = MINUTE_MS;
const DRILL_FOLDER = 'drill-';
const SETTINGS_FACT = 'backup.settings';

/** Makes backups by hand and by the clock, and keeps what is known of them. */
export async function openBackups(options: BackupKeeperOptions): Promise<Backups> {
  const { dataFolder } = options;
  const { settings, isDamaged } = await readBackupSettings(join(dataFolder, 'settings.json'));
  // Otherwise backups would end without a word: nothing is due, and no age is too old.
  if (isDamaged) {
    const detail = { file: join(dataFolder, 'settings.json') };
    options.health.raise({ id: SETTINGS_FACT, severity: 'warning', code: 'backup_settings_damaged', detail });
    options.log.warn('the backup settings cannot be read', detail);
  }
  const kept = await readKept(join(dataFolder, 'backup.json'));
  await removeDrills(dataFolder);
  return new BackupKeeper(options, settings, kept);
}

type Work = Exclude<BackupStatus['state'], 'idle'>;

class BackupKeeper implements Backups {
  readonly #options: BackupKeeperOptions;
  #settings: StoredSettings;
  #kept: Kept;
  #work: Work | null = null;
  #share = 0;
  #running: Promise<unknown> = Promise.resolve();
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(status: BackupStatus) => void>();
  #cancelLook: () => void;

  constructor(options: BackupKeeperOptions, settings: StoredSettings, kept: Kept) {
    this.#options = options;
    this.#settings = settings;
    this.#kept = kept;
    this.#tellHealth();
    this.#cancelLook = options.scheduler.after(LOOK_MS, () => this.#look());
  }

  status(): BackupStatus {
    const { changedAt: _, ...settings } = this.#settings;
    const { folder, dailyAt } = settings;
    const now = this.#options.clock.now();
    return {
      ...this.#kept,
      settings,
      state: this.#work ?? 'idle',
      share: this.#share,
      nextAt: folder === null || dailyAt === null ? null : nextTimeAt(dailyAt, now),
      isUnset: folder === null,
    };
  }

  onStatus(listener: (status: BackupStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async configure(settings: BackupSettings): Promise<Result<BackupStatus, WireError>> {
    const next = { ...settings, changedAt: this.#options.clock.now() };
    try {
      await writeBackupSettings(join(this.#options.dataFolder, 'settings.json'), next);
    } catch (cause) {
      return refused({ code: 'unavailable', detail: { part: 'settings', reason: messageOf(cause) } });
    }
    this.#settings = next;
    this.#options.health.clear(SETTINGS_FACT);
    this.#changed();
    return ok(this.status());
  }

  run(to: string | undefined): Promise<Result<BackupDone, WireError>> {
    const folder = to ?? this.#settings.folder;
    if (folder === null) return Promise.resolve(refused({ code: 'backup_not_set', detail: {} }));
    return this.#alone('copying', folder, async () => {
      const done = await this.#backUp(folder);
      await this.#keep({ ...this.#kept, lastGood: done, lastFailure: null });
      return done;
    });
  }

  drill(): Promise<Result<DrillReport, WireError>> {
    const from = this.#kept.lastGood?.folder ?? this.#settings.folder;
    if (from === null) return Promise.resolve(refused({ code: 'backup_not_set', detail: {} }));
    return this.#alone('drilling', from, async () => {
      const report = await this.#drill(from);
      const { lastFailure } = this.#kept;
      await this.#keep({
        ...this.#kept,
        lastDrill: report,
        lastFailure: lastFailure?.isDrill === true ? null : lastFailure,
      });
      return report;
    });
  }

  async close(): Promise<void> {
    this.#cancelLook();
    this.#stop.abort();
    await this.#running;
  }

  #backUp(to: string): Promise<BackupDone> {
    const { dataFolder, program, journal, walkJournal, clock } = this.#options;
    return writeBackup({
      ...{ dataFolder, to, program, walkJournal, now: () => clock.now() },
      snapshot: () => {
        const snapshot = journal.snapshot();
        if (snapshot !== null) return snapshot;
        throw new BackupProblem('source_damaged', 'the journal is read-only: the backup before stays as it is');
      },
      signal: this.#stop.signal,
      onProgress: (state, share) => this.#progress(state, share),
    });
  }

  async #drill(from: string): Promise<DrillReport> {
    const { dataFolder, verifyFolder, clock } = this.#options;
    const at = clock.now();
    const folder = await mkdtemp(join(dataFolder, DRILL_FOLDER));
    try {
      const { manifest, report } = await restoreBackup({
        ...{ from, to: join(folder, 'data'), verify: verifyFolder, signal: this.#stop.signal },
        onProgress: (share) => this.#progress('drilling', share),
      });
      const { sequence, hash, files } = manifest;
      const isOfThisJournal = (await this.#hashAt(sequence)) === hash;
      return {
        ...{
          ok: report.journal.ok && isOfThisJournal,
          at,
          backupAt: manifest.createdAt,
          sequence,
          hash,
          isOfThisJournal,
        },
        ...{ entries: report.journal.entries, problems: report.journal.problems },
        ...{ files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
        durationMs: clock.now() - at,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Hash of the live journal at an entry; null if it has none there. */
  async #hashAt(sequence: number): Promise<string | null> {
    const { journal } = this.#options;
    const head = journal.head();
    if (sequence === head.sequence) return head.hash;
    if (sequence < 1 || sequence > head.sequence) return null;
    const [entry] = await journal.readEach([sequence]);
    return entry?.hash ?? null;
  }

  /** One work at a time; its failure is kept, told and logged. */
  #alone<Value>(work: Work, folder: string, act: () => Promise<Value>): Promise<Result<Value, WireError>> {
    if (this.#work !== null) return Promise.resolve(refused({ code: 'backup_running', detail: {} }));
    const done = this.#do(work, folder, act);
    this.#running = done;
    return done;
  }

  async #do<Value>(work: Work, folder: string, act: () => Promise<Value>): Promise<Result<Value, WireError>> {
    this.#progress(work, 0);
    try {
      return ok(await act());
    } catch (cause) {
      const problem = cause instanceof BackupProblem ? cause.code : 'folder_unusable';
      const reason = messageOf(cause);
      this.#options.log.error('a backup or a drill failed', { work, folder, problem, reason });
      const isDrill = work === 'drilling';
      const lastFailure = { at: this.#options.clock.now(), folder, isDrill, problem, reason };
      if (problem !== 'stopped') await this.#keep({ ...this.#kept, lastFailure });
      return refused({ code: codeOf(problem), detail: { folder, problem, reason } });
    } finally {
      this.#work = null;
      this.#share = 0;
      this.#changed();
    }
  }

  async #keep(kept: Kept): Promise<void> {
    this.#kept = kept;
    try {
      await writeKept(join(this.#options.dataFolder, 'backup.json'), kept);
    } catch (cause) {
      // Known until the next start; the manifest of the backup says the same.
      this.#options.log.warn('what is known of backups could not be written', { reason: messageOf(cause) });
    }
  }

  #progress(work: Work, share: number): void {
    const isShown = work !== this.#work || share === 1 || share - this.#share >= 0.01;
    this.#work = work;
    if (!isShown) return;
    this.#share = share;
    this.#tell();
  }

  #changed(): void {
    this.#tellHealth();
    this.#tell();
  }

  #tell(): void {
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }

  #look(): void {
    this.#cancelLook = this.#options.scheduler.after(LOOK_MS, () => this.#look());
    this.#tellHealth();
    if (!this.#isDue()) return;
    const act = { act: 'backup.run', actor: 'clock', detail: {}, isUrgent: true } as const;
    void this.#options.audit.around(act, () => this.run(undefined));
  }

  /** The time of day has come since the last try; a host that was off at that time makes it up. */
  #isDue(): boolean {
    const { folder, dailyAt, changedAt } = this.#settings;
    if (folder === null || dailyAt === null || this.#work !== null) return false;
    const { lastGood, lastFailure } = this.#kept;
    const failedAt = lastFailure === null || lastFailure.isDrill ? 0 : lastFailure.at;
    const lastTry = Math.max(changedAt, lastGood?.at ?? 0, failedAt);
    return lastTry < lastTimeAt(dailyAt, this.#options.clock.now());
  }

  #tellHealth(): void {
    const { health, clock } = this.#options;
    const { folder, warnAfterHours, changedAt } = this.#settings;
    const { lastGood, lastFailure } = this.#kept;
    if (lastFailure === null) health.clear('backup.failed');
    else {
      const { folder: place, problem, reason } = lastFailure;
      const detail = { folder: place, problem, reason };
      this.#raise('backup.failed', 'backup_failed', detail);
    }
    const hours = Math.floor((clock.now() - (lastGood?.at ?? changedAt)) / HOUR_MS);
    if (folder === null || hours < warnAfterHours) health.clear('backup.old');
    else this.#raise('backup.old', 'backup_old', { folder, hours: String(hours), never: String(lastGood === null) });
  }

  #raise(id: string, code: string, detail: Readonly<Record<string, string>>): void {
    const known = this.#options.health.list().find((fact) => fact.id === id);
    if (JSON.stringify(known?.detail) === JSON.stringify(detail)) return;
    this.#options.health.raise({ id, severity: 'warning', code, detail: { ...detail } });
  }
}

function codeOf(problem: BackupProblem['code']): ErrorCode {
  return problem.startsWith('folder_') || problem === 'no_backup' ? 'backup_folder' : 'backup_failed';
}

/** What a drill left that was broken off. */
async function removeDrills(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (/^drill-\w{6}$/.test(name)) await rm(join(dataFolder, name), { recursive: true, force: true });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
