import { Worker } from 'node:worker_threads';
import type { CaseCount, CasePage } from '#contract/cases.ts';
import type { Head } from '#host/ports/journal.ts';
import { ProjectionUnavailable } from '#host/ports/projection.ts';
import type {
  Answer,
  Discarded,
  EndedEnd,
  EndedPage,
  FromWorker,
  Question,
  ToWorker,
  WorkerStart,
} from './messages.ts';

type Asked<Kind extends Question['type']> = Omit<Extract<Question, { type: Kind }>, 'type' | 'id'>;

/** What the worker tells without being asked, after it has opened. */
export type WorkerNews = Exclude<FromWorker, Answer | { type: 'opened' }>;

export interface WorkerEvents {
  onOpened(link: WorkerLink, position: Head, discarded: Discarded | null): void;
  onNews(news: WorkerNews): void;
  /** Called once, however it ended; `reason` holds no data of a case. */
  onEnded(reason: string): void;
}

/** One life of the worker: sends messages, matches answers to questions, and tells its end. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #events: WorkerEvents;
  readonly #open = new Map<number, (answer: Answer | null) => void>();
  readonly #ended: Promise<void>;
  #reason: string | null = null;
  #hasEnded = false;
  #lastId = 0;

  constructor(workerFile: string, start: WorkerStart, events: WorkerEvents) {
    this.#events = events;
    // No execArgv: loaders and debug ports of the process that started the host are not the worker's.
    this.#worker = new Worker(workerFile, { workerData: start, name: 'projection', execArgv: [] });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#blame(reasonOf(error)));
    this.#worker.on('messageerror', () => this.kill('unreadable message'));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (exitCode) => {
        this.#end(exitCode);
        resolve();
      });
    });
  }

  post(message: ToWorker): void {
    if (this.#hasEnded) return;
    const isPacked = message.type === 'apply' && message.packed !== undefined;
    this.#worker.postMessage(message, isPacked ? [message.packed.bytes] : []);
  }

  async count(asked: Asked<'count'>): Promise<CaseCount> {
    const answer = await this.#ask({ type: 'count', id: this.#newId(), ...asked });
    if (answer.type !== 'counted') throw new Error(`the projection answered a count with ${answer.type}`);
    return answer.value;
  }

  async list(asked: Asked<'list'>): Promise<CasePage> {
    const answer = await this.#ask({ type: 'list', id: this.#newId(), ...asked });
    if (answer.type !== 'listed') throw new Error(`the projection answered a list with ${answer.type}`);
    return answer.value;
  }

  async sequencesOf(caseId: string): Promise<readonly number[] | null> {
    const answer = await this.#ask({ type: 'sequences', id: this.#newId(), caseId });
    if (answer.type !== 'sequencesFound') throw new Error(`the projection answered for sequences with ${answer.type}`);
    return answer.value;
  }

  /** Years with cases that ended since a moment. */
  async endedYears(since: number): Promise<readonly string[]> {
    const answer = await this.#ask({ type: 'endedYears', id: this.#newId(), since });
    if (answer.type !== 'endedYearsFound') throw new Error(`the projection answered for years with ${answer.type}`);
    return answer.value;
  }

  async endedSince(year: string, since: number, after: EndedEnd | null): Promise<EndedPage> {
    const answer = await this.#ask({ type: 'ended', id: this.#newId(), year, since, after });
    if (answer.type !== 'endedFound') throw new Error(`the projection answered for endings with ${answer.type}`);
    return answer.value;
  }

  /** Drops the checkpoint it has opened; it opens the one before, or empty tables. */
  reset(): void {
    this.post({ type: 'reset' });
  }

  /** Lets it finish what was posted, write a checkpoint at `head` and end. */
  async finish(head: Head | null): Promise<void> {
    this.post({ type: 'close', head });
    await this.#ended;
  }

  /** Ends it at once. */
  kill(reason: string): void {
    this.#blame(reason);
    void this.#worker.terminate();
  }

  #newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) return reject(new ProjectionUnavailable('down'));
      this.#open.set(question.id, (answer) => {
        if (answer === null) reject(new ProjectionUnavailable('down'));
        else if (answer.type === 'unanswered') reject(new Error(`the projection cannot answer: ${answer.reason}`));
        else resolve(answer);
      });
      this.post(question);
    });
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        return this.#events.onOpened(this, message.position, message.discarded);
      case 'counted':
      case 'listed':
      case 'sequencesFound':
      case 'endedYearsFound':
      case 'endedFound':
      case 'unanswered':
        this.#open.get(message.id)?.(message);
        this.#open.delete(message.id);
        return;
      default:
        return this.#events.onNews(message);
    }
  }

  #blame(reason: string): void {
    this.#reason ??= reason;
  }

  #end(exitCode: number): void {
    this.#hasEnded = true;
    const unanswered = [...this.#open.values()];
    this.#open.clear();
    for (const settle of unanswered) settle(null);
    this.#events.onEnded(this.#reason ?? `exit code ${exitCode}`);
  }
}

/** Texts of SQLite that hold no values; other messages may quote what somebody wrote into a case. */
const plainMessages = [
  'database or disk is full',
  'database disk image is malformed',
  'disk I/O error',
  'out of memory',
] as const;

function reasonOf(error: Error): string {
  const plain = plainMessages.find((message) => error.message.includes(message));
  return plain ?? (error as NodeJS.ErrnoException).code ?? error.name;
}
