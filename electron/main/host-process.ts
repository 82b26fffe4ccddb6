import { FromHost, startFailures, type HostOptions, type HostSecret, type ToHost } from '#contract/host-process.ts';
import type { HostProcessState } from '#contract/shell.ts';
import { restartDelayMs, steadyAfterMs } from './restart-policy.ts';

/** The part of Electron's `UtilityProcess` that is used. */
export interface HostChild<Port> {
  postMessage(message: ToHost, transfer?: Port[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** The outside of a host process: how to make one, and what time it is. */
export interface HostSurroundings<Port> {
  fork(): HostChild<Port>;
  now(): number;
  /** Calls once, later; the result cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** Whose port a window may have. */
type PortPrincipal = Extract<ToHost, { type: 'port' }>['principal'];

const stopLimitMs = 15_000;
const failureExitCode = 1;

/**
 * Owns the host's process: starts it, hands it ports, starts it again after a crash, ends it.
 *
 * 1. At most one child lives at a time.
 * 2. A host that refuses to start (`failed`) is not asked again; the person must mend the reason.
 * 3. After `allowedCrashes` crashes in a row without steady service the state is `failed`.
 * 4. A port that is asked for while no host is ready is handed out when one is.
 */
export class HostProcess<Port> {
  readonly #options: HostOptions;
  readonly #secret: HostSecret;
  readonly #surroundings: HostSurroundings<Port>;
  readonly #listeners: ((state: HostProcessState) => void)[] = [];
  #child: HostChild<Port> | null = null;
  #state: HostProcessState = { state: 'starting', message: '' };
  #crashes = 0;
  #readyAt = 0;
  #url: string | null = null;
  #wallUrl: string | null = null;
  #exitCode = 0;
  #waiting = new Map<unknown, () => void>();
  #cancelRestart: () => void = () => undefined;
  #whenStopped: (() => void) | null = null;

  constructor(options: HostOptions, secret: HostSecret, surroundings: HostSurroundings<Port>) {
    this.#options = options;
    this.#secret = secret;
    this.#surroundings = surroundings;
  }

  /** The exit code of the program: that of the reason why the host refused to start, 0 otherwise. */
  get exitCode(): number {
    return this.#exitCode;
  }

  /** Address of the host that is ready, with the operator's token behind `#`; null while none is. */
  get url(): string | null {
    return this.#url;
  }

  /** The same with the wall's token. */
  get wallUrl(): string | null {
    return this.#wallUrl;
  }

  get state(): HostProcessState {
    return this.#state;
  }

  /** Every change of state, in order. */
  onState(listener: (state: HostProcessState) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    const child = this.#surroundings.fork();
    this.#child = child;
    child.on('message', (message) => this.#received(child, message));
    child.once('exit', (code) => this.#ended(child, code));
    child.postMessage({ type: 'start', options: this.#options, secret: this.#secret });
  }

  /**
   * Gives the host one end of a channel as soon as it is ready. A new request of the same `asker` replaces its earlier one.
   *
   * @param principal whose rights the connection has; it follows from the kind of the window
   * @param makePort called when the host is ready; makes the channel and keeps the other end, or null if the asker is gone
   */
  givePort(asker: unknown, principal: PortPrincipal, makePort: () => Port | null): void {
    this.#waiting.set(asker, () => {
      const port = makePort();
      if (port !== null) this.#child?.postMessage({ type: 'port', principal }, [port]);
    });
    if (this.#state.state === 'ready') this.#servePorts();
  }

  /** Resolves when the host's process has ended: after everything is written and closed, or killed after a time limit. */
  async stop(): Promise<void> {
    this.#cancelRestart();
    const child = this.#child;
    if (child === null) return;
    const cancelKill = this.#surroundings.after(stopLimitMs, () => child.kill());
    await new Promise<void>((resolve) => {
      this.#whenStopped = resolve;
      child.postMessage({ type: 'stop' });
    });
    cancelKill();
  }

  #received(child: HostChild<Port>, message: unknown): void {
    if (child !== this.#child) return;
    const parsed = FromHost.safeParse(message);
    if (!parsed.success) throw new Error(`unreadable message from the host: ${parsed.error.message}`);
    switch (parsed.data.type) {
      case 'ready':
        this.#readyAt = this.#surroundings.now();
        this.#url = parsed.data.url;
        this.#wallUrl = parsed.data.wallUrl;
        this.#moveTo({ state: 'ready', message: '' });
        this.#servePorts();
        return;
      case 'failed':
        this.#exitCode = exitCodeOf(parsed.data.code);
        this.#moveTo({ state: 'failed', message: parsed.data.message });
        child.kill();
        return;
      case 'stopped':
        child.kill();
        return;
    }
  }

  #ended(child: HostChild<Port>, code: number): void {
    if (child !== this.#child) return;
    this.#child = null;
    this.#url = null;
    this.#wallUrl = null;
    if (this.#whenStopped !== null) return this.#whenStopped();
    if (this.#state.state === 'failed') return;
    const wasSteady = this.#state.state === 'ready' && this.#surroundings.now() - this.#readyAt >= steadyAfterMs;
    this.#crashes = wasSteady ? 1 : this.#crashes + 1;
    const delayMs = restartDelayMs(this.#crashes);
    if (delayMs === null) {
      this.#exitCode = failureExitCode;
      const message = `the host ended ${this.#crashes} times in a row, the last time with code ${code}`;
      this.#moveTo({ state: 'failed', message });
      return;
    }
    this.#cancelRestart = this.#surroundings.after(delayMs, () => this.start());
    this.#moveTo({ state: 'restarting', message: `the host ended with code ${code}` });
  }

  #servePorts(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const serve of waiting) serve();
  }

  #moveTo(state: HostProcessState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

function exitCodeOf(code: string): number {
  return code in startFailures ? startFailures[code as keyof typeof startFailures] : failureExitCode;
}
