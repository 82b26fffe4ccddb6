import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import type { HostOptions, HostSecret, ToHost } from '#contract/host-process.ts';
import { startFailures } from '#contract/host-process.ts';
import type { HostProcessState } from '#contract/shell.ts';
import { HostProcess, type HostChild } from './host-process.ts';
import { allowedCrashes, steadyAfterMs } from './restart-policy.ts';

const options: HostOptions = {
  dataFolder: '/data',
  resourcesFolder: '/resources',
  rendererFolder: '/renderer',
  projectionWorkerFile: '/worker.js',
  walkWorkerFile: '/walk-worker.js',
  districtWorkerFile: '/district-worker.js',
  baseMapWorkerFile: '/base-map-worker.js',
  port: 0,
  district: null,
  districtMapping: null,
  importFile: null,
  importMapping: null,
  simulate: false,
  ratePerHour: null,
  speed: null,
  segmentBytes: null,
  seed: 42,
  secretFile: null,
  version: '0.0.0',
};

const secret: HostSecret = { kind: 'key', key: 'a2V5', backend: 'keychain' };

/** Stands for a process of the operating system: it notes what it is sent and ends when told. */
class FakeChild extends EventEmitter implements HostChild<string> {
  readonly sent: (ToHost | readonly [ToHost, string])[] = [];
  isKilled = false;

  postMessage(message: ToHost, transfer?: string[]): void {
    this.sent.push(transfer === undefined ? message : [message, required(transfer[0], 'a port')]);
  }

  kill(): boolean {
    this.isKilled = true;
    this.emit('exit', 137);
    return true;
  }
}

let children: FakeChild[];
let timers: { delayMs: number; task: () => void }[];
let states: HostProcessState['state'][];
let now: number;
let host: HostProcess<string>;

const child = (): FakeChild => required(children.at(-1), 'a child');
const ready = (): boolean =>
  child().emit('message', {
    type: 'ready',
    url: 'http://127.0.0.1:1/#token=o',
    wallUrl: 'http://127.0.0.1:1/wall/#token=w',
  });
const runTimer = (): void => required(timers.shift(), 'a timer').task();

beforeEach(() => {
  children = [];
  timers = [];
  states = [];
  now = 1_000;
  host = new HostProcess(options, secret, {
    fork() {
      children.push(new FakeChild());
      return child();
    },
    now: () => now,
    after(delayMs, task) {
      const timer = { delayMs, task };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
  });
  host.onState(({ state }) => states.push(state));
  host.start();
});

test('the options are the first message; ports asked for early wait for a ready host', () => {
  host.givePort('window', 'operator', () => 'first');
  host.givePort('window', 'operator', () => 'second');
  expect(child().sent).toEqual([{ type: 'start', options, secret }]);
  ready();
  host.givePort('window', 'operator', () => 'third');
  expect(child().sent.slice(1)).toEqual([
    [{ type: 'port', principal: 'operator' }, 'second'],
    [{ type: 'port', principal: 'operator' }, 'third'],
  ]);
});

test('a window that is gone gets no port', () => {
  host.givePort('window', 'operator', () => null);
  ready();
  expect(child().sent).toHaveLength(1);
});

test('a crash is followed by a new start, later each time, and ports reach the new host', () => {
  ready();
  child().emit('exit', 1);
  expect(states).toEqual(['ready', 'restarting']);
  host.givePort('window', 'operator', () => 'port');
  runTimer();
  expect(children).toHaveLength(2);
  child().emit('exit', 1);
  expect(required(timers[0], 'a timer').delayMs).toBe(500);
  runTimer();
  ready();
  expect(child().sent.at(-1)).toEqual([{ type: 'port', principal: 'operator' }, 'port']);
});

test('it gives up after repeated failures and says so', () => {
  for (let crash = 0; crash < allowedCrashes; crash += 1) {
    child().emit('exit', 9);
    runTimer();
  }
  child().emit('exit', 9);
  expect(timers).toEqual([]);
  expect(host.state).toEqual({
    state: 'failed',
    message: 'the host ended 6 times in a row, the last time with code 9',
  });
  expect(host.exitCode).toBe(1);
});

test('steady service makes earlier crashes forgotten', () => {
  for (let crash = 0; crash < 2 * allowedCrashes; crash += 1) {
    ready();
    now += steadyAfterMs;
    child().emit('exit', 1);
    expect(required(timers[0], 'a timer').delayMs).toBe(250);
    runTimer();
  }
});

test('a host that refuses to start is not asked again', () => {
  child().emit('message', { type: 'failed', code: 'folder_locked', message: 'another host runs on /data' });
  expect(child().isKilled).toBe(true);
  expect(timers).toEqual([]);
  expect(host.state).toEqual({ state: 'failed', message: 'another host runs on /data' });
  expect(host.exitCode).toBe(startFailures.folder_locked);
});

test('stopping lets the host finish before its process ends, without a restart', async () => {
  ready();
  const stopped = host.stop();
  expect(child().sent.at(-1)).toEqual({ type: 'stop' });
  expect(child().isKilled).toBe(false);
  child().emit('message', { type: 'stopped' });
  await stopped;
  expect(timers).toEqual([]);
});

test('a host that does not stop is killed', async () => {
  ready();
  const stopped = host.stop();
  runTimer();
  await stopped;
  expect(child().isKilled).toBe(true);
});

test('stopping while a restart is due cancels it', async () => {
  child().emit('exit', 1);
  await host.stop();
  expect(timers).toEqual([]);
  expect(children).toHaveLength(1);
});

test('an unreadable message is a bug', () => {
  expect(() => child().emit('message', { type: 'hm' })).toThrow('unreadable message from the host');
});

test('the wall has an address with a token of its own, as long as a host is ready', () => {
  expect(host.wallUrl).toBeNull();
  ready();
  expect([host.url, host.wallUrl]).toEqual(['http://127.0.0.1:1/#token=o', 'http://127.0.0.1:1/wall/#token=w']);
  child().emit('exit', 1);
  expect([host.url, host.wallUrl]).toEqual([null, null]);
});
