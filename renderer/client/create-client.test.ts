import { expect, onTestFinished, test } from 'vitest';
import { ClientFrame, protocolVersion, type HostFrame, type Transport } from '#contract/wire.ts';
import { required } from '#domain/base/assert-never.ts';
import { morning } from '#tests/builders/cases.ts';
import { inMemoryPair } from '#tests/support/in-memory-transport.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import type { ConnectionState } from './client.ts';
import { createClient } from './create-client.ts';

const locate = ['grid.locate', { lon: 116.6, lat: 40.1 }] as const;
const broken = { ok: false, error: { code: 'unavailable', detail: { part: 'connection' } } };

test('before the host has welcomed it, a call is answered as unavailable', async () => {
  const host = new ScriptedHost();
  const client = host.client();
  expect(client.connection()).toMatchObject({ state: 'connecting', lastContactAt: 0, principal: null });
  expect(await client.call(...locate)).toEqual(broken);
});

test('hello comes first, with protocol and token; the welcome makes it open', async () => {
  const host = new ScriptedHost();
  const client = host.client({ token: 'secret' });
  expect(await host.next()).toEqual({ type: 'hello', protocol: protocolVersion, token: 'secret' });
  host.welcome({ hostTime: morning + 60_000 });
  await host.state('open');
  expect(client.connection()).toEqual({
    ...{ state: 'open', lastContactAt: morning, error: null, principal: { kind: 'operator', id: 'desk-1' } },
  });
  expect(client.hostNow()).toBe(morning + 60_000);
  host.clock.advance(1_000);
  expect(client.hostNow()).toBe(morning + 61_000);
});

test('without a token hello has none', async () => {
  const host = new ScriptedHost();
  host.client({ token: null });
  expect(await host.next()).toEqual({ type: 'hello', protocol: protocolVersion });
});

test('while nobody answers it tries again, each time after twice as long, up to five seconds', async () => {
  const host = new ScriptedHost();
  host.isThere = false;
  host.client({ random: () => 1 - Number.EPSILON });
  const attemptsAt: number[] = [];
  await host.attempt(1);
  for (let attempt = 2; attempt <= 9; attempt += 1) {
    const before = host.clock.now();
    while (host.attempts < attempt) host.clock.advance(10);
    attemptsAt.push(host.clock.now() - before);
    await host.attempt(attempt);
  }
  expect(attemptsAt).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  expect(host.states).toEqual(Array.from({ length: 9 }, () => 'connecting'));
});

test.each([
  [0, 100],
  [0.5, 150],
])('jitter: at %s the first attempt comes after %s ms', async (random, delayMs) => {
  const host = new ScriptedHost();
  host.isThere = false;
  host.client({ random: () => random });
  await host.attempt(1);
  host.clock.advance(delayMs - 1);
  expect(host.attempts).toBe(1);
  host.clock.advance(1);
  expect(host.attempts).toBe(2);
});

test('a welcome sets the waiting time back', async () => {
  const host = new ScriptedHost();
  host.isThere = false;
  host.client({ random: () => 0 });
  await host.attempt(1);
  host.clock.advance(100);
  await host.attempt(2);
  host.isThere = true;
  host.clock.advance(200);
  await host.opened();
  host.end.close('the host ended');
  await host.state('lost');
  host.clock.advance(99);
  expect(host.attempts).toBe(3);
  host.clock.advance(1);
  expect(host.attempts).toBe(4);
});

test('a host that says nothing is asked, and more than fifteen seconds later the connection counts as lost', async () => {
  const host = new ScriptedHost();
  const client = host.client({ random: () => 0 });
  await host.opened();
  host.clock.advance(5_000);
  expect(await host.next()).toEqual({ type: 'ping' });
  host.say({ type: 'pong', hostTime: host.clock.now() + 7, sequence: 1 });
  await host.heard(() => client.hostNow() === host.clock.now() + 7);
  host.clock.advance(15_000);
  expect(client.connection().state).toBe('open');
  host.clock.advance(5_000);
  expect(client.connection().state).toBe('lost');
  host.clock.advance(100);
  await host.opened();
  expect(client.connection().state).toBe('open');
});

test('a broken line answers every call under way; what they did is unknown', async () => {
  const host = new ScriptedHost();
  const client = host.client();
  await host.opened();
  const answers = [client.call(...locate), client.call(...locate)];
  await host.next();
  host.end.close('the host was killed');
  expect(await Promise.all(answers)).toEqual([broken, broken]);
  expect(await client.call(...locate)).toEqual(broken);
});

test('an answer that comes twice, or to no call, changes nothing', async () => {
  const host = new ScriptedHost();
  const client = host.client();
  await host.opened();
  const answer = client.call(...locate);
  const call = await host.next();
  const id = 'id' in call ? call.id : '';
  host.say({ type: 'result', id, ok: true, value: 1 });
  host.say({ type: 'result', id, ok: true, value: 2 });
  host.say({ type: 'result', id: 'nobody', ok: true, value: 3 });
  expect(await answer).toEqual({ ok: true, value: 1 });
  const next = client.call(...locate);
  const again = await host.next();
  host.say({ type: 'failure', id: 'id' in again ? again.id : '', error: { code: 'busy', detail: {} } });
  expect(await next).toEqual({ ok: false, error: { code: 'busy', detail: {} } });
});

test('rejected is final: the state says why, and nothing is tried again', async () => {
  const host = new ScriptedHost();
  const client = host.client();
  await host.next();
  host.say({ type: 'rejected', error: { code: 'bad_token', detail: {} } });
  await host.state('rejected');
  expect(client.connection().error).toEqual({ code: 'bad_token', detail: {} });
  host.clock.advance(3_600_000);
  expect(host.attempts).toBe(1);
  expect(await client.call(...locate)).toEqual(broken);
});

test.each([
  ['no JSON', '{'],
  ['a frame of no known type', '{"type":"shout"}'],
])('%s from the host ends the connection, and a new one is made', async (_, text) => {
  const host = new ScriptedHost();
  host.client({ random: () => 0 });
  await host.opened();
  host.end.send(text);
  await host.state('lost');
  host.clock.advance(100);
  await host.opened();
  expect(host.attempts).toBe(2);
});

test('a stream is watched again from the last whole batch drawn; half a snapshot is none', async () => {
  const host = new ScriptedHost();
  const client = host.client({ random: () => 0 });
  await host.opened();
  const applied: unknown[] = [];
  client.watch(
    'cases.watch',
    {},
    { reset: () => applied.push('reset'), apply: (items) => void applied.push(items), failed: () => {} },
  );
  expect(await host.next()).toEqual({ type: 'watch', id: '1', stream: 'cases.watch', input: {} });
  host.say({ ...{ type: 'snapshot', id: '1', batch: 1, part: 0, isLast: false, sequence: 5 }, items: ['a'] });
  expect(await host.next()).toEqual({ type: 'ack', id: '1', batch: 1 });
  await host.reconnect();
  expect(await host.next()).toEqual({ type: 'watch', id: '1', stream: 'cases.watch', input: {} });
  host.say({ ...{ type: 'snapshot', id: '1', batch: 1, part: 0, isLast: true, sequence: 6 }, items: ['b'] });
  expect(await host.next()).toEqual({ type: 'ack', id: '1', batch: 1 });
  await host.reconnect();
  expect(await host.next()).toEqual({ type: 'watch', id: '1', stream: 'cases.watch', input: {}, after: 6 });
  host.say({ ...{ type: 'snapshot', id: '1', batch: 1, part: 0, isLast: false, sequence: 9 }, items: ['c'] });
  expect(await host.next()).toEqual({ type: 'ack', id: '1', batch: 1 });
  host.say({ type: 'lost', id: '1', resumeFrom: 6 });
  expect(await host.next()).toEqual({ type: 'watch', id: '1', stream: 'cases.watch', input: {} });
  expect(applied).toEqual(['reset', ['a'], 'reset', ['b'], 'reset', ['c']]);
});

test('a host behind what was drawn, or another journal, is watched from the beginning', async () => {
  const host = new ScriptedHost();
  const client = host.client({ random: () => 0 });
  await host.opened();
  client.watch('cases.watch', {}, { reset: () => {}, apply: () => {}, failed: () => {} });
  await host.next();
  const snapshot = {
    type: 'snapshot',
    id: '1',
    batch: 1,
    part: 0,
    isLast: true,
    sequence: 50,
    items: [] as unknown[],
  } as const;
  for (const welcome of [{ sequence: 49 }, { sequence: 60, journalId: 'journal-2' }]) {
    host.say(snapshot);
    expect(await host.next()).toEqual({ type: 'ack', id: '1', batch: 1 });
    await host.reconnect(welcome);
    expect(await host.next()).toEqual({ type: 'watch', id: '1', stream: 'cases.watch', input: {} });
  }
});

test('a batch is acknowledged when the sink has drawn it, not before; a refused stream is told once', async () => {
  const host = new ScriptedHost();
  const client = host.client();
  await host.opened();
  let draw: () => void = () => {};
  const refusals: string[] = [];
  client.watch(
    'cases.watch',
    {},
    {
      reset: () => {},
      apply: () => new Promise<void>((resolve) => (draw = resolve)),
      failed: ({ code }) => refusals.push(code),
    },
  );
  await host.next();
  host.say({ ...{ type: 'snapshot', id: '1', batch: 1, part: 0, isLast: true, sequence: 1 }, items: [] });
  const answer = client.call(...locate);
  expect(await host.next()).toMatchObject({ type: 'call' });
  host.say({ type: 'result', id: '2', ok: true, value: null });
  await answer;
  expect(host.waiting).toEqual([]);
  draw();
  expect(await host.next()).toEqual({ type: 'ack', id: '1', batch: 1 });
  host.say({ type: 'failure', id: '1', error: { code: 'forbidden', detail: {} } });
  await host.heard(() => refusals.length === 1);
  expect(refusals).toEqual(['forbidden']);
});

test('closed by this side: no further attempt', async () => {
  const host = new ScriptedHost();
  const client = host.client();
  await host.opened();
  const under = client.call(...locate);
  client.close();
  expect(await under).toEqual(broken);
  host.clock.advance(3_600_000);
  expect(host.attempts).toBe(1);
});

/** The host's side of a client, moved by hand. */
class ScriptedHost {
  readonly clock = new ManualClock(morning);
  readonly states: string[] = [];
  readonly waiting: ClientFrame[] = [];
  isThere = true;
  attempts = 0;
  #end: Transport | null = null;
  readonly #checks = new Set<() => void>();

  get end(): Transport {
    return required(this.#end, 'the client has connected');
  }

  client({ token = null, random = () => 0.5 }: { token?: string | null; random?: () => number } = {}) {
    const made = createClient({
      connect: () => this.#connect(),
      ...{ token, random, now: () => this.clock.now() },
      after: (delayMs, task) => this.clock.after(delayMs, task),
    });
    onTestFinished(() => made.close());
    made.onConnection(({ state }: ConnectionState) => {
      this.states.push(state);
      this.#check();
    });
    return made;
  }

  say(frame: HostFrame): void {
    this.end.send(JSON.stringify(frame));
    queueMicrotask(() => queueMicrotask(() => this.#check()));
  }

  welcome(change: Partial<Extract<HostFrame, { type: 'welcome' }>> = {}): void {
    this.say({
      ...{ type: 'welcome', protocol: protocolVersion, principal: { kind: 'operator', id: 'desk-1' } },
      ...{ hostTime: this.clock.now(), sequence: 100, journalId: 'journal-1', version: 'test', ...change },
    });
  }

  async next(): Promise<ClientFrame> {
    await this.heard(() => this.waiting.length > 0);
    return required(this.waiting.shift(), 'a frame waits');
  }

  /** Takes the hello, welcomes it and waits until the client knows. */
  async opened(change: Partial<Extract<HostFrame, { type: 'welcome' }>> = {}): Promise<void> {
    while ((await this.next()).type !== 'hello');
    const before = this.states.length;
    this.welcome(change);
    await this.heard(() => this.states.slice(before).includes('open'));
  }

  async reconnect(change: Partial<Extract<HostFrame, { type: 'welcome' }>> = {}): Promise<void> {
    const before = this.states.length;
    this.end.close('cut');
    await this.heard(() => this.states.slice(before).includes('lost'));
    this.clock.advance(200);
    await this.opened(change);
  }

  state(wanted: string): Promise<void> {
    return this.heard(() => this.states.at(-1) === wanted);
  }

  /** Resolves when the client has dealt with that many attempts. */
  attempt(count: number): Promise<void> {
    return this.heard(() => this.attempts === count && this.states.length === count);
  }

  heard(fits: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!fits()) return;
        this.#checks.delete(check);
        resolve();
      };
      this.#checks.add(check);
      check();
    });
  }

  #connect(): Promise<Transport> {
    this.attempts += 1;
    if (!this.isThere) return Promise.reject(new Error('nobody listens'));
    const [host, client] = inMemoryPair();
    this.#end = host;
    host.onMessage((text) => {
      this.waiting.push(ClientFrame.parse(JSON.parse(text)));
      this.#check();
    });
    return Promise.resolve(client);
  }

  #check(): void {
    for (const check of this.#checks) check();
  }
}
