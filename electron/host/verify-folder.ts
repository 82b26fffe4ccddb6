import { join } from 'node:path';
import type { JournalReport } from '#contract/health.ts';
import { checkShift } from './shift/check-shift.ts';
import { checkAlarms } from './alarms/check-alarms.ts';
import { checkAudit } from './audit/check-audit.ts';
import { checkBaseMaps } from './base-map/registrations.ts';
import { checkBriefings } from './briefings/briefing-files.ts';
import { walkCases, type WalkedWindow } from './cases/case-walk.ts';
import { projectedBy } from './cases/projection-feed.ts';
import { checkComponents } from './components/component-files.ts';
import { systemClock } from './clock/system-clock.ts';
import { HealthRegister } from './health/health-register.ts';
import { checkVersions } from './district/versions/version-files.ts';
import { diskFiles } from './journal/local/journal-files.ts';
import { readLocalJournal } from './journal/local/read-local-journal.ts';
import { verifySegments } from './journal/local/verify.ts';
import { checkWall } from './wall/wall-memory.ts';
import type { EntryEvents, Head, Journal } from './ports/journal.ts';
import type { Log } from './ports/log.ts';
import type { Anchor, FolderReport, ProjectionReport } from './ports/verification.ts';
import { readStoredTables, type StoredTables } from './projection/compare-tables.ts';
import { checkAttachments } from './verify/check-attachments.ts';
import { indexPeople } from './verify/check-people.ts';
import { NamedByJournal } from './verify/named-by-journal.ts';

export interface VerifyRequest {
  /** A data folder; nothing in it is written. */
  readonly folder: string;
  /** Head of the host that runs on it: what lies behind is just being written. Null: no host runs. */
  readonly running: Head | null;
  /** Heads that are known from elsewhere. */
  readonly anchors?: readonly Anchor[];
  /** Told of records of people that no entry up to the last names, or one says to be erased, if the journal is whole. */
  readonly onUnnamedPeople?: (refs: Iterable<string>, sequence: number) => Promise<void>;
  readonly log: Log;
}

/**
 * Walks the whole journal of a data folder, compares the search tables with a fresh fold, reads every attachment, and looks
 * for each photo and person that an entry names; reads the versions of the district, the inventories of components and what
 * is known of base maps and of the wall, and the briefings; walks the records of alarms and of acts. Goes on behind damage and reports all of it.
 *
 * @throws the system's error if there is no journal to be read
 */
export async function verifyFolder(request: VerifyRequest): Promise<FolderReport> {
  const { folder, running, log } = request;
  const files = diskFiles;
  const health = new HealthRegister(systemClock);
  const opened = await readLocalJournal({ folder, health, log, files });
  const tables = await readStoredTables(join(folder, 'projection'), opened.id);
  try {
    const anchors = [...(request.anchors ?? []), ...(typeof tables === 'string' ? [] : [anchorOf(tables)])];
    // Before the walk: what an entry names was there before it.
    const { report: attachments, present } = await checkAttachments(join(folder, 'attachments'));
    const people = await indexPeople(join(folder, 'people'));
    const naming = new NamedByJournal(present, people, running?.sequence ?? null);
    const walked = await verifySegments({
      onEntry: ({ sequence }, body) => naming.note(sequence, body),
      ...{ files, folder: join(folder, 'journal'), anchors },
      ...{ journalId: null, head: null, active: null },
    });
    const journal = running === null ? walked : withoutUnfinished(walked, running);
    const projection = typeof tables === 'string' ? { state: tables } : await compared(opened, tables);
    const named = naming.report(journal.ok);
    if (journal.ok) await request.onUnnamedPeople?.(naming.unnamedPeople(), journal.sequence);
    const audit = await checkAudit(join(folder, 'audit'));
    const districts = await checkVersions(join(folder, 'districts'));
    const components = await checkComponents(join(folder, 'components'));
    const isDifferent = projection.state === 'compared' ? projection.differences.length > 0 : false;
    const baseMaps = await checkBaseMaps(join(folder, 'base-maps'));
    const alarms = await checkAlarms(join(folder, 'alarms'));
    const shift = await checkShift(join(folder, 'shift'));
    const briefings = await checkBriefings(join(folder, 'briefings'));
    const wall = await checkWall(join(folder, 'wall'));
    const areTablesWhole = projection.state !== 'damaged' && !isDifferent;
    const others = [districts, components, baseMaps, briefings, wall, alarms, shift];
    const areOthersWhole = others.every((found) => (found?.damaged.length ?? 0) === 0);
    const areFilesWhole = (attachments?.problems.length ?? 0) === 0 && named.missingCount === 0 && areOthersWhole;
    const ok = journal.ok && areTablesWhole && areFilesWhole && (audit?.problems.length ?? 0) === 0;
    return {
      ok,
      folder,
      isRunning: running !== null,
      journal,
      projection,
      attachments,
      named,
      districts,
      components,
      baseMaps,
      briefings,
      wall,
      alarms,
      shift,
      audit,
    };
  } finally {
    if (typeof tables !== 'string') tables.close();
  }
}

/** A clean stop and a checkpoint leave the head in the tables: an end that was cut since is found by it. */
function anchorOf(tables: StoredTables): Anchor {
  return { ...tables.position, from: 'projection' };
}

/** A running host writes behind its head: what is not whole there is not damage. */
function withoutUnfinished(report: JournalReport, { sequence }: Head): JournalReport {
  const problems = report.problems.filter((problem) => problem.sequence === null || problem.sequence <= sequence);
  return { ...report, problems, ok: problems.length === 0 };
}

/**
 * Every case as it was at the position of the tables. What they say are a case's entries is followed back in the journal
 * where a case goes on after it left the walk: a list that is not right gives another case, or none, and is found by that.
 */
async function compared(journal: Journal, tables: StoredTables): Promise<ProjectionReport> {
  const { sequence } = tables.position;
  const [cutOff, wrong] = [new Set<string>(), new Set<string>()];
  let isWhole = true;
  const entries = journal.readEvents(1, () => (isWhole = false));
  const walk = walkCases(until(entries, sequence), {
    ...{ journal, resident: () => undefined, stored: (id) => Promise.resolve(tables.sequencesOf(id)) },
    onMissing: (caseId) => (isWhole ? wrong : cutOff).add(caseId),
  });
  const { cases, differences } = await tables.compare(
    rowsOf(walk),
    (caseId) => cutOff.has(caseId) || wrong.has(caseId),
  );
  const unfollowed = [...wrong].map((caseId) => ({ kind: 'different' as const, caseId, columns: ['sequences'] }));
  return { state: 'compared', sequence, cases, differences: [...unfollowed, ...differences] };
}

async function* rowsOf(walk: AsyncIterable<WalkedWindow>) {
  const row = projectedBy(() => []);
  for await (const { past } of walk) yield past.map(row);
}

async function* until(batches: AsyncIterable<readonly EntryEvents[]>, last: number) {
  for await (const batch of batches) {
    const isPast = (batch.at(-1)?.sequence ?? 0) > last;
    yield isPast ? batch.filter(({ sequence }) => sequence <= last) : batch;
    if (isPast) return;
  }
}
