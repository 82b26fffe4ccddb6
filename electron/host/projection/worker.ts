import { parentPort, workerData } from 'node:worker_threads';
import { assertNever, required } from '#domain/base/assert-never.ts';
import type { Head } from '#host/ports/journal.ts';
import type { Steps, TablesOptions } from './case-tables.ts';
import { CheckpointFolder } from './checkpoint-folder.ts';
import { loadEngine } from './engine.ts';
import type { Answer, FromWorker, Question, ToWorker, WorkerStart } from './messages.ts';
import { openTables } from './open-tables.ts';
import { DamagedTables } from './year-shelf.ts';

/**
 * Owns the tables on a thread of its own. It begins one message after another; a question that goes from year to year
 * lets the next messages pass between two years. It ends by throwing when its tables can't be trusted any more; the host
 * then starts another one.
 */
const port = required(parentPort, 'the projection runs as a worker');
const start = workerData as WorkerStart;
const folder = new CheckpointFolder(start.folder);
const options: TablesOptions = { engine: await loadEngine(), folder, journalId: start.journalId };
/** Questions under way. */
const waiting: { readonly id: number; readonly steps: Steps<Answer> }[] = [];
let toldBytes = 0;
/** Facts of ended cases in a page. */
const ENDED_PAGE = 1_000;

if (start.isFresh) folder.clear();
let { tables, generation, discarded } = openTables(options);

port.on('message', (message: ToWorker) => {
  handle(message);
  tellMemory();
});
post({ type: 'opened', position: tables.position, discarded: start.isFresh ? 'damaged' : discarded });

function handle(message: ToWorker): void {
  switch (message.type) {
    case 'apply':
      tables.apply(message);
      return post({ type: 'applied', sequence: tables.sequence });
    case 'open':
      tables.applyOpen(message);
      return post({ type: 'applied', sequence: tables.sequence });
    case 'count':
    case 'list':
    case 'sequences':
    case 'endedYears':
    case 'ended':
      return goOn(message.id, answer(message));
    case 'checkpoint':
      return saveTables(message.head);
    case 'reset':
      return reset();
    case 'close':
      waiting.length = 0;
      if (message.head !== null && !tables.isSaved()) saveTables(message.head);
      tables.close();
      return port.close();
    default:
      return assertNever(message, 'message');
  }
}

function post(message: FromWorker): void {
  port.postMessage(message);
}

function tellMemory(): void {
  const { bytes } = tables;
  if (bytes === toldBytes) return;
  toldBytes = bytes;
  post({ type: 'memory', bytes });
}

function reset(): void {
  tables.close();
  if (generation === null) folder.clear();
  else folder.remove(generation);
  ({ tables, generation, discarded } = openTables(options));
  post({ type: 'opened', position: tables.position, discarded });
}

/** A question that can't be answered must not end the worker; tables that are not what was written must. */
function goOn(id: number, steps: Steps<Answer>): void {
  try {
    const step = steps.next();
    if (step.done === true) return post(step.value);
    if (waiting.push({ id, steps }) === 1) setImmediate(nextStep);
  } catch (cause) {
    if (cause instanceof DamagedTables) throw cause;
    post({ type: 'unanswered', id, reason: String(cause) });
  }
}

/** One year of the question that waits longest; messages that came meanwhile are handled before the next. */
function nextStep(): void {
  const next = waiting.shift();
  if (next === undefined) return;
  if (waiting.length > 0) setImmediate(nextStep);
  goOn(next.id, next.steps);
  tellMemory();
}

function* answer(question: Question): Steps<Answer> {
  const { id } = question;
  switch (question.type) {
    case 'count':
      return { type: 'counted', id, value: yield* tables.count(question.filter, question.now) };
    case 'list': {
      const { filter, now, limit, after } = question;
      return { type: 'listed', id, value: yield* tables.list(filter, now, limit, after) };
    }
    case 'sequences':
      return { type: 'sequencesFound', id, value: tables.sequencesOf(question.caseId) };
    case 'endedYears':
      return { type: 'endedYearsFound', id, value: tables.yearsEndedSince(question.since) };
    case 'ended': {
      const { year, since, after } = question;
      return { type: 'endedFound', id, value: tables.endedSince(year, since, ENDED_PAGE, after) };
    }
    default:
      return assertNever(question, 'question');
  }
}

function saveTables(head: Head): void {
  const { sequence } = tables;
  post({ type: 'checkpointed', sequence, failure: failureOfSaving(head) });
}

function failureOfSaving({ sequence, hash }: Head): string | null {
  if (sequence !== tables.sequence) return 'moved_on';
  if (!tables.isWhole) return 'ahead';
  try {
    tables.save(hash);
    generation = null;
    return null;
  } catch (cause) {
    if (cause instanceof DamagedTables) throw cause;
    return (cause as NodeJS.ErrnoException).code ?? 'failed';
  }
}
