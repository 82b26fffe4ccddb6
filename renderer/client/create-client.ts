import type { InputOf, ItemOf, MethodName, OutputOf, StreamName } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import { HostFrame, protocolVersion, type ClientFrame, type Transport } from '#contract/wire.ts';
import { refused, type Result } from '#domain/base/result.ts';
import type { Client, ConnectionState, StreamSink } from './client.ts';

export interface ClientOptions {
  /** Opens a transport; called again after each loss. */
  readonly connect: () => Promise<Transport>;
  readonly token: string | null;
  /** This machine's time, epoch milliseconds. */
  readonly now: () => number;
  /** Does something later; the result cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  /** In [0, 1), for the jitter of new attempts. */
  readonly random: () => number;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;
const PING_EVERY_MS = 5_000;
const SILENCE_MS = 15_000;

interface Watch {
  readonly id: string;
  readonly stream: StreamName;
  readonly input: unknown;
  readonly sink: StreamSink<object>;
  /** Last sequence whose batch was drawn; undefined before the first whole snapshot. */
  drawn: number | undefined;
  /** Batches are drawn one after another, whatever the sink takes. */
  queue: Promise<void>;
  /** Goes up when the stream is watched again: batches of an older turn are not acknowledged. */
  turn: number;
}

/** The client over any transport. It reconnects by itself and watches its streams again from what was last drawn. */
export function createClient(options: ClientOptions): Client {
  return new WireClient(options);
}

class WireClient implements Client {
  readonly #options: ClientOptions;
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  readonly #calls = new Map<string, (result: Result<unknown, WireError>) => void>();
  readonly #watches = new Map<string, Watch>();
  #state: ConnectionState = { state: 'connecting', lastContactAt: 0, error: null, principal: null };
  #lastContactAt = 0;
  #transport: Transport | null = null;
  #isWelcome = false;
  #journalId: string | null = null;
  #offsetMs = 0;
  #nextId = 1;
  #retryMs = FIRST_RETRY_MS;
  #cancelTimer: () => void = () => {};
  #isClosed = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    void this.#connect();
  }

  call<Name extends MethodName>(
    name: Name,
    input: InputOf<Name>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Result<OutputOf<Name>, WireError>> {
    if (signal?.aborted) return Promise.resolve(failure('cancelled'));
    if (!this.#isWelcome) return Promise.resolve(failure('unavailable', { part: 'connection' }));
    const id = this.#newId();
    const cancel = () => this.#send({ type: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    return new Promise((resolve) => {
      this.#calls.set(id, (result) => {
        signal?.removeEventListener('abort', cancel);
        // The host's answers fit the method's output schema; transports only carry text.
        resolve(result as Result<OutputOf<Name>, WireError>);
      });
      this.#send({ type: 'call', id, method: name, input });
    });
  }

  watch<Name extends StreamName>(name: Name, input: InputOf<Name>, sink: StreamSink<ItemOf<Name>>): () => void {
    const watch: Watch = {
      id: this.#newId(),
      stream: name,
      input,
      sink: sink as StreamSink<object>,
      drawn: undefined,
      queue: Promise.resolve(),
      turn: 0,
    };
    this.#watches.set(watch.id, watch);
    if (this.#isWelcome) this.#startWatch(watch);
    return () => {
      this.#watches.delete(watch.id);
      this.#send({ type: 'unwatch', id: watch.id });
    };
  }

  connection(): ConnectionState {
    return this.#state;
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hostNow(): number {
    return this.#options.now() + this.#offsetMs;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#transport?.close('closed by this side');
  }

  async #connect(): Promise<void> {
    let transport: Transport;
    try {
      transport = await this.#options.connect();
    } catch {
      // Not there yet: the state says so, and it is tried again.
      this.#lose();
      return;
    }
    if (this.#isClosed) return transport.close('closed by this side');
    this.#transport = transport;
    transport.onMessage((text) => this.#heard(text));
    transport.onClosed(() => {
      if (this.#transport === transport) this.#lose();
    });
    const token = this.#options.token === null ? {} : { token: this.#options.token };
    this.#send({ type: 'hello', protocol: protocolVersion, ...token });
  }

  #lose(): void {
    this.#transport = null;
    this.#isWelcome = false;
    this.#cancelTimer();
    for (const answer of [...this.#calls.values()]) answer(failure('unavailable', { part: 'connection' }));
    this.#calls.clear();
    if (this.#isClosed || this.#state.state === 'rejected') return;
    this.#setState({ state: this.#state.state === 'connecting' ? 'connecting' : 'lost', error: null });
    const delayMs = this.#retryMs * (0.5 + this.#options.random() / 2);
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
    this.#cancelTimer = this.#options.after(delayMs, () => void this.#connect());
  }

  #heard(text: string): void {
    const parsed = HostFrame.safeParse(contentOf(text));
    if (!parsed.success) return this.#transport?.close('a frame of the host does not fit the protocol');
    this.#lastContactAt = this.#options.now();
    const frame = parsed.data;
    switch (frame.type) {
      case 'welcome':
        return this.#welcome(frame);
      case 'rejected':
        this.#setState({ state: 'rejected', error: frame.error });
        return this.#transport?.close('rejected');
      case 'result':
        return this.#settle(frame.id, { ok: true, value: frame.value });
      case 'failure': {
        const watch = this.#watches.get(frame.id);
        if (watch === undefined) return this.#settle(frame.id, refused(frame.error));
        this.#watches.delete(frame.id);
        return watch.sink.failed(frame.error);
      }
      case 'snapshot':
      case 'delta':
        return this.#batch(frame);
      case 'lost': {
        const watch = this.#watches.get(frame.id);
        if (watch === undefined) return;
        // What is being drawn still counts: the host resumes from what it knows to be drawn.
        return this.#startWatch(watch, watch.drawn === undefined ? undefined : frame.resumeFrom);
      }
      case 'pong':
        this.#offsetMs = frame.hostTime - this.#options.now();
    }
  }

  #welcome(frame: Extract<HostFrame, { type: 'welcome' }>): void {
    this.#isWelcome = true;
    this.#retryMs = FIRST_RETRY_MS;
    this.#offsetMs = frame.hostTime - this.#options.now();
    const isOtherJournal = this.#journalId !== null && this.#journalId !== frame.journalId;
    this.#journalId = frame.journalId;
    for (const watch of this.#watches.values()) {
      const isAhead = watch.drawn !== undefined && watch.drawn > frame.sequence;
      this.#startWatch(watch, isOtherJournal || isAhead ? undefined : watch.drawn);
    }
    this.#setState({ state: 'open', error: null, principal: frame.principal });
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.after(PING_EVERY_MS, () => {
      if (this.#options.now() - this.#lastContactAt > SILENCE_MS) {
        const transport = this.#transport;
        this.#lose();
        transport?.close('the host is silent');
        return;
      }
      this.#send({ type: 'ping' });
      this.#keepAlive();
    });
  }

  #startWatch(watch: Watch, after?: number): void {
    watch.turn += 1;
    watch.drawn = after;
    const { id, stream, input } = watch;
    this.#send({ type: 'watch', id, stream, input, ...(after === undefined ? {} : { after }) });
  }

  #batch(frame: Extract<HostFrame, { type: 'snapshot' | 'delta' }>): void {
    const watch = this.#watches.get(frame.id);
    if (watch === undefined) return;
    const { turn } = watch;
    const isComplete = frame.type === 'delta' || frame.isLast;
    watch.queue = watch.queue.then(async () => {
      if (watch.turn !== turn || !this.#watches.has(watch.id)) return;
      if (frame.type === 'snapshot' && frame.part === 0) {
        // Until it is whole there is nothing to go on from.
        watch.drawn = undefined;
        watch.sink.reset();
      }
      // Items fit the stream's schema, as results fit theirs.
      await watch.sink.apply(frame.items as object[], { sequence: frame.sequence, isComplete });
      if (watch.turn !== turn) return;
      if (isComplete) watch.drawn = frame.sequence;
      this.#send({ type: 'ack', id: watch.id, batch: frame.batch });
    });
  }

  #settle(id: string, result: Result<unknown, WireError>): void {
    const answer = this.#calls.get(id);
    this.#calls.delete(id);
    answer?.(result);
  }

  #send(frame: ClientFrame): void {
    this.#transport?.send(JSON.stringify(frame));
  }

  #setState(change: Partial<ConnectionState>): void {
    this.#state = { ...this.#state, lastContactAt: this.#lastContactAt, ...change };
    for (const listener of this.#listeners) listener(this.#state);
  }

  #newId(): string {
    const id = String(this.#nextId);
    this.#nextId += 1;
    return id;
  }
}

/** Undefined for a text that is no JSON. */
function contentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function failure(code: WireError['code'], detail: WireError['detail'] = {}): Result<never, WireError> {
  return refused({ code, detail });
}
