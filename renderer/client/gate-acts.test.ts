import { expect, test } from 'vitest';
import { api, methodNames, type MethodName } from '#contract/api.ts';
import { ok } from '#domain/base/result.ts';
import { ActGate } from '#renderer/actions/act-gate.ts';
import type { Client } from './client.ts';
import { always, gateActs, reads } from './gate-acts.ts';

function recorder(): { readonly client: Client; readonly sent: string[] } {
  const sent: string[] = [];
  const client = {
    call: (name: MethodName) => {
      sent.push(name);
      return Promise.resolve(ok({}));
    },
    watch: () => () => {},
    connection: () => ({ state: 'open', lastContactAt: 0, error: null, principal: null }),
    onConnection: () => () => {},
    hostNow: () => 0,
    close: () => {},
  };
  return { client: client as unknown as Client, sent };
}

test('what only tells is what needs no other right than to read', () => {
  expect([...reads].sort()).toEqual(methodNames.filter((name) => api[name].needs.endsWith('.read')).sort());
});

test('while the gate is shut no act leaves the desk, and each says why; all reads do, and the lock', async () => {
  const gate = new ActGate();
  const { client, sent } = recorder();
  const gated = gateActs(client, gate);
  gate.shut();
  for (const name of methodNames) {
    const outcome = await gated.call(name, api[name].example as never);
    const refusal = outcome.ok ? null : outcome.error.code;
    expect({ name, refusal }).toEqual({ name, refusal: reads.has(name) || always.has(name) ? null : 'in_the_past' });
  }
  expect(sent.sort()).toEqual([...reads, ...always].sort());
  expect(sent).not.toContain('case.report');
  gate.open();
  await gated.call('case.report', api['case.report'].example as never);
  expect(sent).toContain('case.report');
});
