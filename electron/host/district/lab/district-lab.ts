import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseFilter } from '#contract/cases.ts';
import type { WireError } from '#contract/errors.ts';
import type { DistrictAccept, DistrictExamine, DistrictProgress, DistrictReport } from '#contract/district.ts';
import { DAY_MS } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { TriedCase } from '#domain/grid/tryout/try-out.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { Clock } from '#host/ports/clock.ts';
import type { DistrictLab } from '#host/ports/district-lab.ts';
import type { Projection } from '#host/ports/projection.ts';
import type { DistrictVersions } from '../versions/district-versions.ts';
import { LabEnded, LabFailed, LabLink } from './lab-link.ts';
import type { LabProgress } from './messages.ts';

export interface DistrictLabOptions {
  /** The bundled worker. */
  readonly workerFile: string;
  /** Where reports go. */
  readonly reportFolder: string;
  readonly versions: DistrictVersions;
  /** Cases to be tried out; asked a page at a time. */
  readonly projection: Pick<Projection, 'list'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** So many cases are tried out, the newest. */
const MOST_TRIED = 100_000;
const PAGE = 1_000;

/** A file in hand: while `isRunning` it is examined, afterwards it can be drawn, tried out and accepted. */
interface Session {
  readonly id: string;
  readonly link: LabLink;
  readonly path: string;
  isRunning: boolean;
  isCancelled: boolean;
}

/** Examines files on a thread of its own, which is ended to cancel: no file can hold up the host. */
export function openDistrictLab(options: DistrictLabOptions): DistrictLab {
  const { versions, clock, projection } = options;
  const listeners = new Set<(progress: DistrictProgress) => void>();
  let session: Session | null = null;
  /** From the first question on, so that two that come at once do not both begin. */
  let isClaimed = false;
  let last: DistrictProgress | null = null;

  const tell = (progress: DistrictProgress) => {
    last = progress;
    for (const listener of listeners) listener(progress);
  };
  const inHand = (examinationId: string): LabLink | null =>
    session?.id === examinationId && !session.isRunning ? session.link : null;
  const endOf = (id: string, state: 'done' | 'cancelled' | 'failed') =>
    tell({ ...(last ?? beginningOf(id)), examinationId: id, state, ...(state === 'done' ? { share: 1 } : {}) });

  return {
    examine: async (request) => {
      if (isClaimed) return refuse('examination_running');
      isClaimed = true;
      try {
        return await examine(request);
      } finally {
        isClaimed = false;
      }
    },

    cancel: (examinationId) => {
      if (session?.id !== examinationId || !session.isRunning) return false;
      session.isCancelled = true;
      void session.link.end();
      return true;
    },

    place: async (examinationId, level, problem) => {
      const link = inHand(examinationId);
      if (link === null) return refuse('examination_gone');
      return gone(async () => {
        const found = await link.ask({ type: 'place', level, problem });
        return found === null ? refuse('not_found') : ok(found);
      });
    },

    difference: async (examinationId) => {
      const link = inHand(examinationId);
      if (link === null) return refuse('examination_gone');
      return gone(async () => ok(await link.ask({ type: 'difference' })));
    },

    changePlace: async (examinationId, level, change) => {
      const link = inHand(examinationId);
      if (link === null) return refuse('examination_gone');
      return gone(async () => {
        const found = await link.ask({ type: 'changePlace', level, change });
        return found === null ? refuse('not_found') : ok(found);
      });
    },

    tryOut: async (examinationId, days) => {
      const link = inHand(examinationId);
      if (link === null) return refuse('examination_gone');
      const since = clock.now() - days * DAY_MS;
      return gone(async () => {
        let after: string | undefined;
        let count = 0;
        // What is open is work whenever it was reported.
        const filters: CaseFilter[] = [{ openedFrom: since }, { openedTo: since, state: 'open' }];
        for (let isFirst = true; ; isFirst = false) {
          const page = await projection.list({ filter: filters[0] ?? {}, limit: PAGE, after }, clock.now());
          count += page.rows.length;
          if (page.after === null) filters.shift();
          const isCut = filters.length > 0 && count >= MOST_TRIED;
          const isLast = filters.length === 0 || isCut;
          const tried = await link.ask({ type: 'try', cases: page.rows.flatMap(triedCase), isFirst, isLast });
          if (tried !== null) return ok({ since, isCut, ...tried });
          after = page.after ?? undefined;
        }
      });
    },

    accept: async (request, by) => {
      const link = inHand(request.examinationId);
      if (link === null) return refuse('examination_gone');
      const today = dayOf(clock.now());
      if (request.effectiveFrom < today) return refuse('effective_day', { today });
      return gone(() => accepted(link, request, by));
    },

    versions: () => versions.list(),
    withdraw: async (version) => {
      const outcome = await versions.withdraw(version);
      return outcome.ok ? ok(versions.list()) : outcome;
    },
    progress: () => last,
    onProgress: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (session?.isRunning === true) session.isCancelled = true;
      await session?.link.end();
      session = null;
    },
  };

  async function examine({ path, system, columns }: DistrictExamine): Promise<Result<DistrictReport, WireError>> {
    const problem = await unreadable(path);
    if (problem !== null) return refuse('file_unreadable', { problem });
    const id = `examination-${options.newId()}`;
    // The same file again, in another system: the thread still has it.
    const kept = session?.path === path ? session.link : null;
    if (kept === null) await session?.link.end();
    const link = kept ?? new LabLink(options.workerFile, { source: versions.chosen.source }, onProgress);
    const current = { id, link, path, isRunning: true, isCancelled: false };
    session = current;
    tell(beginningOf(id));
    try {
      const examined = await link.ask({
        ...{ type: 'examine', file: path, system: system ?? null, columns: columns ?? null },
        reportFile: join(options.reportFolder, `district-${id}.csv`),
      });
      current.isRunning = false;
      endOf(id, 'done');
      return ok({ examinationId: id, isCancelled: false, ...examined });
    } catch (cause) {
      session = null;
      await link.end();
      endOf(id, current.isCancelled ? 'cancelled' : 'failed');
      if (current.isCancelled) return ok(cancelledReport(id));
      return refuse('examination_failed', { reason: reasonOf(cause) });
    }
  }

  function onProgress(progress: LabProgress): void {
    if (session?.isRunning === true) tell(progressOf(session.id, progress, last));
  }

  async function accepted(link: LabLink, request: DistrictAccept, by: string) {
    const { effectiveFrom, name, approvalNumber, note } = request;
    const acceptedAt = versions.nextAcceptedAt();
    const file = versions.incomingFile(options.newId());
    const about = { effectiveFrom, acceptedAt, acceptedBy: by, note, name, approvalNumber };
    const written = await link.ask({ type: 'write', file, about });
    if (written.kind === 'bad') {
      const [problem = ''] = written.problems;
      return refuse('bad_district', { problem, count: String(written.problems.length) });
    }
    return versions.take(file, written.sha256, written.about);
  }
}

function refuse(code: WireError['code'], detail: WireError['detail'] = {}): Result<never, WireError> {
  return refused({ code, detail });
}

/** A thread that was ended or failed took its file along. */
async function gone<Value>(run: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof LabEnded) return refuse('examination_gone');
    if (cause instanceof LabFailed) return refuse('unavailable', { part: 'district', reason: cause.message });
    throw cause;
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof LabEnded) return cause.reason;
  return cause instanceof Error ? cause.message : String(cause);
}

async function unreadable(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? null : 'is no file';
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  }
}

function triedCase(row: {
  readonly id: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly classCode: string;
  readonly state: Parameters<typeof isOpen>[0];
}): readonly TriedCase[] {
  const { id, lon, lat, classCode, state } = row;
  return lon === null || lat === null ? [] : [{ id, lon, lat, class: classCode, isOpen: isOpen(state) }];
}

function beginningOf(examinationId: string): DistrictProgress {
  return { examinationId, state: 'reading', bytes: 0, totalBytes: 0, level: 0, levels: 0, share: 0 };
}

function progressOf(examinationId: string, told: LabProgress, before: DistrictProgress | null): DistrictProgress {
  if (told.state === 'reading') {
    const { bytes, totalBytes } = told;
    const share = Math.min(1, bytes / Math.max(1, totalBytes));
    return { ...beginningOf(examinationId), bytes, totalBytes, share };
  }
  const { level, levels } = told;
  const read = { bytes: before?.bytes ?? 0, totalBytes: before?.totalBytes ?? 0 };
  return { examinationId, state: 'checking', ...read, level, levels, share: (level - 1) / Math.max(1, levels) };
}

function cancelledReport(examinationId: string): DistrictReport {
  return {
    ...{ examinationId, isCancelled: true, features: 0, layers: [], properties: [] },
    columns: { code: null, name: null, parent: null, level: null },
    ...{ candidates: [], verdict: { kind: 'undecided', reason: 'no-system' }, system: null, systemName: null },
    ...{ fileProblems: [], fileProblemCount: 0, levels: [], reportFile: null },
  };
}
