import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SqlJsStatic } from 'sql.js';
import { assertNever, required } from '#domain/base/assert-never.ts';
import type { Head } from '#host/ports/journal.ts';
import { CaseTables, UnusableTables } from './case-tables.ts';
import { deleteCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { loadEngine } from './engine.ts';
import type { Answer, Discarded, FromWorker, Question, ToWorker, WorkerStart } from './messages.ts';

/**
 * Owns the tables on a thread of its own. It does one message after another and ends by throwing when its tables
 * can't be trusted any more; the host then starts another one.
 */
const port = required(parentPort, 'the projection runs as a worker');
const start = workerData as WorkerStart;
const engine = await loadEngine();
/** Facts of ended cases in a page. */
const ENDED_PAGE = 1_000;

let { tables, discarded } = openTables(engine);
let savedSequence = tables.sequence();

port.on('message', handle);
post({ type: 'opened', position: tables.position(), discarded });

function handle(message: ToWorker): void {
  switch (message.type) {
    case 'apply':
      tables.apply([...message.past, ...message.rows], message.sequence);
      return post({ type: 'applied', sequence: tables.sequence() });
    case 'count':
    case 'list':
    case 'sequences':
    case 'ended':
      return post(answer(message));
    case 'checkpoint':
      return saveTables(message.head);
    case 'reset':
      tables.close();
      deleteCheckpoint(start.file);
      tables = CaseTables.empty(engine, start.journalId);
      savedSequence = 0;
      return post({ type: 'opened', position: tables.position(), discarded: null });
    case 'close':
      if (message.head !== null && !isSaved()) saveTables(message.head);
      tables.close();
      return port.close();
    default:
      return assertNever(message, 'message');
  }
}

function post(message: FromWorker): void {
  port.postMessage(message);
}

function openTables(sql: SqlJsStatic): { tables: CaseTables; discarded: Discarded | null } {
  const image = start.isFresh ? 'damaged' : readCheckpoint(start.file);
  if (typeof image !== 'string') {
    try {
      return { tables: CaseTables.fromImage(sql, image, start.journalId), discarded: null };
    } catch (cause) {
      if (!(cause instanceof UnusableTables)) throw cause;
      deleteCheckpoint(start.file);
      return { tables: CaseTables.empty(sql, start.journalId), discarded: cause.reason };
    }
  }
  deleteCheckpoint(start.file);
  return { tables: CaseTables.empty(sql, start.journalId), discarded: image === 'damaged' ? image : null };
}

/** A question that can't be answered must not end the worker. */
function answer(question: Question): Answer {
  const { id } = question;
  try {
    switch (question.type) {
      case 'count':
        return { type: 'counted', id, value: tables.count(question.filter, question.now) };
      case 'list': {
        const { filter, now, limit, after } = question;
        return { type: 'listed', id, value: tables.list(filter, now, limit, after) };
      }
      case 'sequences':
        return { type: 'sequencesFound', id, value: tables.sequencesOf(question.caseId) };
      case 'ended':
        return { type: 'endedFound', id, value: tables.endedSince(question.since, ENDED_PAGE, question.after) };
      default:
        return assertNever(question, 'question');
    }
  } catch (cause) {
    return { type: 'unanswered', id, reason: String(cause) };
  }
}

function isSaved(): boolean {
  return tables.sequence() === savedSequence && existsSync(start.file);
}

function saveTables(head: Head): void {
  const sequence = tables.sequence();
  const failure =
    sequence === head.sequence ? failureOf(() => writeCheckpoint(start.file, tables.image(head.hash))) : 'moved_on';
  if (failure === null) savedSequence = sequence;
  post({ type: 'checkpointed', sequence, failure });
}

function failureOf(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code ?? 'failed';
  }
}
