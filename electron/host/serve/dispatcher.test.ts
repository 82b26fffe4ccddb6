import { expect, test } from 'vitest';
import type { Principal } from '#domain/access/permissions.ts';
import { ok } from '#domain/base/result.ts';
import { pinoLog } from '#host/log/pino-log.ts';
import { createDispatcher, type Handlers } from './dispatcher.ts';
import { principalOf } from './principals.ts';

const [operator, wall] = [principalOf('operator'), principalOf('wall')];
const good = { path: '/cases.csv' };

test.each([
  ['an unknown method before anything else', 'import.everything', {}, wall, 'unknown_method'],
  ['a stream is no method', 'cases.watch', {}, operator, 'unknown_method'],
  ['a name of every object', 'toString', {}, operator, 'unknown_method'],
  ['a name of every prototype', '__proto__', {}, operator, 'unknown_method'],
  ['the input before the right', 'import.preview', { path: 7 }, wall, 'bad_input'],
  ['a field too many', 'import.preview', { ...good, force: true }, operator, 'bad_input'],
  ['the right before the work', 'import.preview', good, wall, 'forbidden'],
])('%s: %s', async (_, method, input, principal, code) => {
  const { asked, call } = dispatcher();
  expect(await call(method, input, principal)).toMatchObject({ ok: false, error: { code } });
  expect(asked).toEqual([]);
});

test('what passes reaches its handler, parsed, with defaults', async () => {
  const { asked, call } = dispatcher();
  expect(await call('import.preview', good, operator)).toEqual({ ok: true, value: 'seen' });
  await call('cases.list', {}, operator);
  expect(asked).toEqual([good, { filter: {}, limit: 100 }]);
});

test('a fault of the host itself is answered without its words', async () => {
  const { call } = dispatcher();
  expect(await call('health.get', {}, operator)).toEqual({ ok: false, error: { code: 'internal', detail: {} } });
});

test('a refusal names field and problem, cut short however long the input was', async () => {
  const { call } = dispatcher();
  const answer = await call('import.preview', { ...good, ['x'.repeat(100_000)]: 1 }, operator);
  expect(JSON.stringify(answer).length).toBeLessThan(600);
});

function dispatcher() {
  const asked: unknown[] = [];
  const seen = (input: unknown) => {
    asked.push(input);
    return Promise.resolve(ok('seen'));
  };
  const handlers = {
    ...{ 'import.preview': seen, 'cases.list': seen },
    'health.get': () => Promise.reject(new Error('secret words')),
  };
  const dispatch = createDispatcher(handlers as unknown as Handlers, pinoLog('silent'));
  const call = (method: string, input: unknown, principal: Principal) =>
    dispatch(method, input, { principal, signal: new AbortController().signal });
  return { asked, call };
}
