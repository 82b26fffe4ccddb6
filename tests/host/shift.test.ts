import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import type { HandoverForm } from '#contract/shift.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { checkShift } from '#host/shift/check-shift.ts';
import type { Host } from '#host/create-host.ts';
import { plainCaseFile } from '#tests/builders/plain-case-file.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { ask } from '#tests/support/filled-folder.ts';
import { hostOn } from '#tests/support/host-in-process.ts';
import { startHost } from '#tests/support/start-host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const open: Host[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.close();
});

const outgoing = { person: 'P0003', pin: '248163' } as const;
const incoming = { person: 'P0004', pin: '731905' } as const;

/** The search tables are asked by SQL, the form is folded in memory: two ways to the same answer. */
async function dueByTables(host: Host, from: number, to: number): Promise<readonly string[]> {
  const { rows, after } = await ask(host, 'cases.list', { filter: { state: 'open' }, limit: 1_000 });
  expect(after).toBeNull();
  return rows
    .flatMap(({ id, dueAt }) => (dueAt !== null && dueAt >= from && dueAt <= to ? [id] : []))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

const clocked = ({ lines }: HandoverForm, kind: string) =>
  lines
    .filter((line) => line.kind === kind && line.what !== 'contact' && line.what !== 'endorse')
    .map(({ caseId }) => caseId ?? '')
    .toSorted((a, b) => (a < b ? -1 : 1));

test('a form tells what is due as the tables know it, and what came, went and was raised since the handover before', async () => {
  const parent = await temporaryFolder();
  const host = await hostOn(join(parent, 'data'));
  open.push(host);
  const csv = join(parent, 'cases.csv');
  await writeFile(csv, plainCaseFile(200, 'shift', '路边有垃圾'));
  await ask(host, 'import.run', { path: csv });
  const { caseId: dispatched } = await ask(host, 'case.report', aReportInput());
  await ask(host, 'case.register', { id: dispatched, condition: '属实' });
  await ask(host, 'case.dispatch', { id: dispatched, unit: '110113001', opinion: '请处理' });
  await ask(host, 'case.request_extension', { id: dispatched, reason: '等待配件' });
  await ask(host, 'case.supervise', {
    id: dispatched,
    kind: 'leader',
    level: 2,
    party: 'S1',
    reason: '尽快',
    answerBy: Date.now() + HOUR_MS,
  });

  const { caseId: ends } = await ask(host, 'case.report', aReportInput());

  const first = await ask(host, 'shift.preview', {});
  expect(clocked(first, 'risk')).toEqual(await dueByTables(host, first.at, first.at + 4 * HOUR_MS));
  expect(clocked(first, 'risk').length).toBeGreaterThan(0);
  expect(first.counts.overdue).toBe((await dueByTables(host, 0, first.at - 1)).length);
  expect(first).toMatchObject({ isCompared: false, number: 1, counts: { approval: 1, supervision: 1, opened: 0 } });
  expect(JSON.stringify(first)).not.toMatch(/等待配件|路边有垃圾/);

  await ask(host, 'shift.signOn', { ...outgoing, isNewPin: true });
  await ask(host, 'shift.write', { key: '', text: '来电 13812341234 待回访' });
  await ask(host, 'shift.sign', { side: 'outgoing', ...outgoing });
  const { caseId: came } = await ask(host, 'case.report', aReportInput());
  const { hash } = await ask(host, 'shift.preview', {});
  await ask(host, 'shift.sign', { side: 'incoming', ...incoming, isNewPin: true, hash: hash ?? '' });
  const signed = await ask(host, 'shift.open', { number: 1 });
  expect(signed.notes).toEqual([{ key: '', text: expect.stringMatching(/^来电 138\*+34 待回访$/) }]);
  expect(signed.lines.map(({ caseId }) => caseId)).not.toContain(came);

  const { caseId: gone } = await ask(host, 'case.report', aReportInput());
  for (const id of [gone, ends]) {
    await ask(host, 'case.void', { id, reason: '误报' });
  }
  await ask(host, 'case.escalate', { id: dispatched, reason: '久拖不办' });
  const second = await ask(host, 'shift.preview', {});
  // What was reported after the signature is new to the next shift, whoever sat there then.
  const of = (kind: string) => second.lines.filter((line) => line.kind === kind).map(({ caseId }) => caseId);
  expect(of('opened')).toEqual([came]);
  expect(of('escalated')).toEqual([dispatched]);
  expect(of('ended')).toEqual([ends]);
  expect(second).toMatchObject({ isCompared: true, counts: { opened: 2, ended: 2 }, notes: [] });
  expect(second.lines.map(({ caseId }) => caseId)).not.toContain(gone);
});

// Six hosts, one after the other.
test(
  'kill -9 right after a sign-on, a note, a mark or a signature loses none of them',
  { timeout: 240_000 },
  async () => {
    const dataFolder = await temporaryFolder();
    const during = async (...calls: readonly [string, object][]) => {
      const host = await startHost({ dataFolder, args: ['--no-simulate'] });
      for (const [method, input] of calls) {
        expect({ method, outcome: await host.call(method as 'shift.mark', input as never) }).toMatchObject({
          outcome: { ok: true },
        });
      }
      const form = await host.call('shift.preview', {});
      await host.kill();
      if (!form.ok) throw new Error(form.error.code);
      return form.value;
    };
    await during(['shift.signOn', { ...outgoing, isNewPin: true }]);
    await during(['shift.write', { key: '', text: '夜间注意东门' }]);
    await during(['shift.mark', { keys: ['fact:x'], isKnown: true }]);
    const { hash } = await during(['shift.sign', { side: 'outgoing', ...outgoing }]);
    await during(['shift.sign', { side: 'incoming', ...incoming, isNewPin: true, hash }]);
    await during(['shift.lock', { by: 'key' }]);
    expect(await checkShift(join(dataFolder, 'shift'))).toMatchObject({ handovers: 1, damaged: [] });
    const host = await hostOn(dataFolder);
    open.push(host);
    expect(await ask(host, 'shift.open', { number: 1 })).toMatchObject({
      ...{ notes: [{ text: '夜间注意东门' }], known: ['fact:x'], hash },
      ...{ outgoing: { id: 'P0003' }, incoming: { id: 'P0004' } },
    });
    expect(await ask(host, 'shift.unlock', { pin: incoming.pin })).toEqual({});
  },
);
