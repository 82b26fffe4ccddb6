import type { Health, HealthFact } from '#contract/health.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { InputOf, MethodName, OutputOf } from '#contract/api.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import type { Client } from '#renderer/client/client.ts';
import { openWireClient } from './wire-client.ts';

/** How a process ended; `signal` is set when it was killed. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The JSON on the first line of a host's output. */
export interface FirstLine {
  readonly url: string;
  readonly pid: number;
  /** Address of the wall, where `--wall` was given. */
  readonly wall?: string;
  readonly import?: {
    readonly rows: number;
    readonly accepted: number;
    readonly known: number;
    readonly refused: number;
    readonly warnings: number;
    /** File with the whole report. */
    readonly report: string;
  };
}

/** A host that runs in a process of its own, out of the bundles in `out/`. */
export interface HostProcess {
  readonly dataFolder: string;
  readonly firstLine: FirstLine;
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** The first client; it has a desk's rights. */
  readonly client: Client;
  /** Another one; it ends with the host. */
  connect(): Promise<Client>;
  call<Name extends MethodName>(method: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>, WireError>>;
  /** kill -9, and waits for the end. */
  kill(): Promise<Ended>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<Ended>;
  /** Resolves when the process ends, however it does. */
  readonly ended: Promise<Ended>;
}

export interface HostStart {
  /** Left out: a new temporary folder, removed when the host ends. */
  readonly dataFolder?: string;
  /** Flags of `npm start --`; `--headless`, `--data` and `--port 0` are added. */
  readonly args?: readonly string[];
  /** What its standard input says; left out, it has none. */
  readonly input?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

const projectFolder = resolve(import.meta.dirname, '../..');
const bundle = (name: string) => join(projectFolder, 'out/main', name);

/**
 * Starts a host and waits until it serves. Needs the bundles: `tests/support/build-bundles.ts` is the global setup that
 * makes them.
 *
 * @throws Error with exit code and stderr when it ends before its first line
 */
export async function startHost(start: HostStart = {}): Promise<HostProcess> {
  const dataFolder = start.dataFolder ?? (await mkdtemp(join(tmpdir(), 'grid-command-host-')));
  const args = ['--headless', '--port', '0', '--data', dataFolder, ...(start.args ?? [])];
  const stdin = start.input === undefined ? 'ignore' : 'pipe';
  const child = spawn(process.execPath, [bundle('headless.js'), ...args], {
    stdio: [stdin, 'pipe', 'pipe'],
    env: { ...process.env, ...start.env },
  });
  child.stdin?.end(start.input);
  const ended = endOf(child).then(async (end) => {
    if (start.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
    return end;
  });
  const firstLine = await Promise.race([firstLineOf(child), ended]);
  if (typeof firstLine !== 'string') {
    throw new Error(`the host ended with ${firstLine.exitCode ?? firstLine.signal}: ${firstLine.stderr}`);
  }
  const line = JSON.parse(firstLine) as FirstLine;
  const url = new URL(line.url);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  const clients: Client[] = [];
  const connect = async () => {
    const client = await openWireClient(url.origin, token);
    clients.push(client);
    return client;
  };
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  void ended.then(() => clients.forEach((client) => client.close()));
  const client = await connect();
  return {
    dataFolder,
    firstLine: line,
    address: url.origin,
    client,
    connect,
    call: (method, input) => client.call(method, input),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    ended,
  };
}

/** Runs a host that is expected not to start. `command` goes before it, for limits of the system. */
export function failToStart(args: readonly string[], command: readonly string[] = []): Promise<Ended> {
  return runToEnd([...command, process.execPath, bundle('headless.js'), ...args]);
}

/** `npm start -- ARGS` for commands that end by themselves, without npm and the build. */
export function runHeadless(args: readonly string[]): Promise<Ended> {
  return runToEnd([process.execPath, bundle('headless.js'), ...args]);
}

/** `npm run ctl -- ARGS`, without npm and the build. */
export function runCtl(...args: readonly string[]): Promise<Ended> {
  return runToEnd([process.execPath, bundle('ctl.js'), ...args]);
}

/** The same, read by a command of the shell; the exit code is the first that is not 0. */
export function runCtlInto(reader: string, ...args: readonly string[]): Promise<Ended> {
  const pipeline = `set -o pipefail; "$@" | ${reader}`;
  return runToEnd(['bash', '-c', pipeline, 'bash', process.execPath, bundle('ctl.js'), ...args]);
}

/** `npm run verify -- ARGS`, without npm and the build, in an English terminal unless another is named. */
export function runVerify(args: readonly string[], language = 'en_US.UTF-8'): Promise<Ended> {
  return endOf(
    spawn(process.execPath, [bundle('verify.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: language },
    }),
  );
}

function runToEnd([command = '', ...args]: readonly string[]): Promise<Ended> {
  return endOf(spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
}

function endOf(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => (texts.stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (texts.stderr += data.toString()));
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (exitCode, signal) => settle({ exitCode, signal, ...texts }));
  });
}

function firstLineOf(child: ChildProcess): Promise<string> {
  return new Promise((settle) => {
    if (child.stdout === null) return;
    createInterface(child.stdout).once('line', settle);
  });
}

/**
 * Health facts without those of every start: next year's holidays are not in the shipped calendar yet in autumn, and a host
 * without a pass-phrase keeps no personal data.
 */
export function factsOf(health: Health): readonly HealthFact[] {
  return health.facts.filter(({ code }) => code !== NEXT_YEAR && code !== 'people_no_secret');
}

/** The status of a host of which nothing but that can be said: `ok`, in autumn `warning`. */
export function statusAtRest({ facts }: Health): Health['status'] {
  return facts.some(({ code }) => code === NEXT_YEAR) ? 'warning' : 'ok';
}

const NEXT_YEAR = 'calendar_next_year_missing';
