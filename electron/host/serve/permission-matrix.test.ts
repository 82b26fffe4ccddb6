import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actMethods } from '#contract/case-acts.ts';
import { api, isStreamName, methodNames, type MethodName, type StreamName } from '#contract/api.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { isAllowed, permissions, principalKinds, type PrincipalKind } from '#domain/access/permissions.ts';
import { fakeChromium } from '#tests/support/fake-chromium.ts';
import { clientOf, hostInProcess, ways, type HostInProcess, type Way } from '#tests/support/host-in-process.ts';
import { principalOf } from './principals.ts';

/** What a desk may do to the wall, and no page of it. */
const wallWrites = ['wall.set', 'wall.push', 'wall.release'] as const satisfies readonly MethodName[];

const streamNames = Object.keys(api).filter((name) => isStreamName(name)) as readonly StreamName[];

process.env['CHROMIUM'] = fakeChromium;

let running: HostInProcess;
beforeAll(async () => {
  running = await hostInProcess();
});
afterAll(() => running.close());

test('every permission is needed by something, and everything needs one', () => {
  const needed = new Set([...methodNames, ...streamNames].map((name) => api[name].needs));
  expect([...needed].sort()).toEqual([...permissions].sort());
});

test('what a wall may do reads only', () => {
  const allowed = permissions.filter((permission) => isAllowed(principalOf('wall'), permission));
  expect(allowed).toEqual(['grid.read', 'health.read', 'wall.read']);
});

describe.each(ways)('over %s', (way) => {
  test.each(principalKinds)('each method answers a %s as the permission table says', async (kind) => {
    const expected = Object.fromEntries(methodNames.map((name) => [name, mayCall(kind, name)]));
    const { host } = running;
    const before = host.journal.head().sequence;
    const answers = await answersOf(way, kind);
    expect(Object.fromEntries(methodNames.map((name) => [name, answers.get(name) !== 'forbidden']))).toEqual(expected);
    if (kind === 'wall') expect(host.journal.head().sequence).toBe(before);
  });

  test.each(principalKinds)('each stream answers a %s as the permission table says', async (kind) => {
    const frames = await clientOf(running.host, way, kind);
    for (const name of streamNames) {
      frames.send({ type: 'watch', id: name, stream: name, input: api[name].example });
      const frame = await frames.next();
      const refusal = frame.type === 'failure' ? frame.error.code : null;
      expect({ name, refusal }).toEqual({ name, refusal: mayCall(kind, name) ? null : 'forbidden' });
      frames.send({ type: 'unwatch', id: name });
    }
    frames.close();
  });

  test('a page of a briefing reads its own document and nothing else', async () => {
    const allowed = permissions.filter((permission) => isAllowed(principalOf('briefing'), permission));
    expect(allowed).toEqual(['briefing.page']);
    const answers = await answersOf(way, 'briefing');
    // The example's is not the page's own.
    expect([...answers].filter(([, code]) => code !== 'forbidden')).toEqual([['briefings.page', 'not_found']]);
  });

  test('a wall is refused every method that writes, and nothing is recorded', async () => {
    const { host } = running;
    const before = host.journal.head();
    const answers = await answersOf(way, 'wall');
    const writing = Object.keys(actMethods) as MethodName[];
    expect(methodNames.filter((name) => api[name].needs === 'case.act').sort()).toEqual([...writing].sort());
    for (const name of [...writing, 'import.run', 'import.preview', 'import.cancel', 'simulation.set', ...wallWrites]) {
      expect({ name, code: answers.get(name) }).toEqual({ name, code: 'forbidden' });
    }
    expect(host.journal.head()).toEqual(before);
  });
});

/** What each method of the table refuses its own example with, null for a value. */
async function answersOf(way: Way, kind: PrincipalKind): Promise<ReadonlyMap<string, ErrorCode | null>> {
  const frames = await clientOf(running.host, way, kind);
  const answers = new Map<string, ErrorCode | null>();
  for (const name of methodNames) {
    frames.send({ type: 'call', id: name, method: name, input: api[name].example });
    const frame = await frames.next();
    if (frame.type !== 'result' && frame.type !== 'failure') throw new Error(`${name} was answered with ${frame.type}`);
    answers.set(frame.id, frame.type === 'failure' ? frame.error.code : null);
  }
  frames.close();
  return answers;
}

function mayCall(kind: PrincipalKind, name: keyof typeof api): boolean {
  return isAllowed(principalOf(kind), api[name].needs);
}
