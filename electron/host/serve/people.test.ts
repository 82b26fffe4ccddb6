import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '#contract/api.ts';
import type { HostSecret } from '#contract/host-process.ts';
import { revealedForMs } from '#contract/people.ts';
import type { WireError } from '#contract/errors.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';
import { REVEALS_PER_HOUR } from './reveal-limit.ts';

const secret: HostSecret = { kind: 'key', key: randomBytes(32).toString('base64'), backend: 'keychain' };
const reporter = { name: '王小明', phone: '138 1234 1234', note: '李家桥村口' };

function asking(frames: () => Frames) {
  return async <Name extends MethodName>(
    method: Name,
    input: InputOf<Name>,
  ): Promise<OutputOf<Name> | WireError['code']> => {
    frames().send({ type: 'call', id: method, method, input });
    const frame = await frames().next();
    if (frame.type === 'failure') return frame.error.code;
    return (frame as Extract<typeof frame, { type: 'result' }>).value as OutputOf<Name>;
  };
}

describe('a host with a key', () => {
  let running: HostInProcess;
  let desk: Frames;
  let wall: Frames;
  const ask = asking(() => desk);
  const askOnWall = asking(() => wall);
  beforeAll(async () => {
    running = await hostInProcess({}, secret);
    desk = await clientOf(running.host, 'in memory', 'operator');
    wall = await clientOf(running.host, 'in memory', 'wall');
  });
  afterAll(() => running.close());

  const keyLines = async () => {
    const folder = join(running.folder, 'data', 'people', 'keys');
    const names = await readdir(folder);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.join('').split('\n').length - 1;
  };
  const detail = (outcome: OutputOf<'case.get'> | string) => {
    if (typeof outcome === 'string') throw new Error(outcome);
    return outcome;
  };
  const report = async (change: Partial<InputOf<'case.report'>> = {}) => {
    const receipt = await ask('case.report', { ...aReportInput(), reporter, ...change });
    if (typeof receipt === 'string') throw new Error(receipt);
    return receipt.caseId;
  };
  const get = async (id: string) => detail(await ask('case.get', { id }));

  test('a case shows who reported masked, and a case without shows nobody; a wall may not ask', async () => {
    const id = await report();
    expect((await get(id)).reporter).toEqual({
      ...{ state: 'kept', name: '王**', phone: '138****1234', hasNote: true },
      ...{ isConfidential: false, erasedAt: null },
    });
    expect(await askOnWall('case.get', { id })).toBe('forbidden');
    expect((await get(await report({ reporter: { name: ' ', phone: '' } }))).reporter).toBeNull();
    const nameless = await get(await report({ reporter: { phone: '69441234' } }));
    expect(nameless.reporter).toMatchObject({ name: null, phone: '694*1234', hasNote: false });
  });

  test('one phone is one caller, on cases and tickets, however it is written', async () => {
    const first = await get(await report());
    expect(first.reporterId).toMatch(/^caller-[0-9a-f]{16}$/);
    expect((await get(await report({ reporter: { phone: '+86-13812341234' } }))).reporterId).toBe(first.reporterId);
    expect((await get(await report({ reporter: { phone: '13900000000' } }))).reporterId).not.toBe(first.reporterId);
    const ticket = {
      ...{ ticketNumber: 'T-1', classRef: { code: '1', name: '噪声' }, timeClass: 'general', unit: '110113106' },
      ...{ description: '夜间施工', reporter: { ...reporter, isConfidential: true } },
    };
    const receipt = await ask('case.receive', ticket);
    if (typeof receipt === 'string') throw new Error(receipt);
    const found = await get(receipt.caseId);
    expect([found.reporterId, found.reporter?.isConfidential]).toEqual([first.reporterId, true]);
    expect(found.ticket?.isConfidential).toBe(true);
    const keys = await keyLines();
    expect(await ask('case.receive', ticket)).toEqual(receipt);
    expect(await keyLines()).toBe(keys);
  });

  test('a reveal is on record with its reason before it is answered, for one minute', async () => {
    const id = await report();
    const before = running.host.journal.head().sequence;
    const revealed = await ask('person.reveal', { caseId: id, reason: '回访 13800001111' });
    if (typeof revealed === 'string') throw new Error(revealed);
    const { until, ...person } = revealed;
    expect(person).toEqual({ name: '王小明', phone: '13812341234', note: '李家桥村口' });
    expect(Math.abs(until - revealedForMs - running.host.health().hostTime)).toBeLessThan(60_000);
    const history = await ask('case.history', { id });
    expect(typeof history === 'string' ? [] : history.steps.slice(-1)).toMatchObject([
      {
        sequence: before + 1,
        type: 'case.reporter_revealed.v1',
        by: { id: 'desk-1' },
        facts: { reason: '回访 138******11' },
      },
    ]);
    expect(await askOnWall('person.reveal', { caseId: id, reason: '回访' })).toBe('forbidden');
    expect(await askOnWall('person.erase', { caseId: id, reason: '回访' })).toBe('forbidden');
    expect(running.host.journal.head().sequence).toBe(before + 1);
  });

  test('an erased reporter is gone, and stays gone; other cases of the caller keep theirs', async () => {
    const [id, other] = [await report(), await report()];
    const keys = await keyLines();
    expect(await ask('person.erase', { caseId: id, reason: '本人要求' })).toMatchObject({ caseId: id, version: 3 });
    expect(await keyLines()).toBe(keys - 1);
    expect((await get(id)).reporter).toMatchObject({ state: 'erased', name: null, phone: null });
    expect((await get(id)).reporter?.erasedAt).not.toBeNull();
    expect(await ask('person.reveal', { caseId: id, reason: '回访' })).toBe('reporter_erased');
    expect(await ask('person.erase', { caseId: id, reason: '本人要求' })).toBe('reporter_erased');
    expect((await get(other)).reporter?.state).toBe('kept');
  });

  test('what is refused leaves nothing in the store', async () => {
    const keys = await keyLines();
    expect(await ask('case.report', { ...aReportInput(), reporter: { phone: '没有' } })).toBe('bad_input');
    expect(await ask('case.report', { ...aReportInput(), lon: 116.6, lat: null, reporter })).toBe('place_incomplete');
    expect(await keyLines()).toBe(keys);
    const again = { ...aReportInput(), reporter, commandId: 'sent-twice' };
    expect(await ask('case.report', again)).toEqual(await ask('case.report', again));
    expect(await keyLines()).toBe(keys + 1);
    expect(await ask('person.reveal', { caseId: 'nothing', reason: '回访' })).toBe('not_found');
    const plain = await report({ reporter: undefined });
    expect(await ask('person.reveal', { caseId: plain, reason: '回访' })).toBe('reporter_unknown');
  });

  test('an account sees so many an hour, and refused ones do not count', async () => {
    const id = await report();
    const codes: string[] = [];
    for (let count = 0; count <= REVEALS_PER_HOUR; count += 1) {
      const revealed = await ask('person.reveal', { caseId: id, reason: '回访' });
      codes.push(typeof revealed === 'string' ? revealed : 'shown');
    }
    // One was shown in a test above.
    expect(codes.filter((code) => code === 'shown')).toHaveLength(REVEALS_PER_HOUR - 1);
    expect(codes.slice(-2)).toEqual(['reveal_limit', 'reveal_limit']);
  });
});

describe('a host without a key', () => {
  let running: HostInProcess;
  let desk: Frames;
  const ask = asking(() => desk);
  beforeAll(async () => {
    running = await hostInProcess();
    desk = await clientOf(running.host, 'in memory', 'operator');
  });
  afterAll(() => running.close());

  test('works, says so on every screen, and refuses personal data instead of dropping it', async () => {
    expect(running.host.health().facts).toContainEqual(
      expect.objectContaining({ code: 'people_no_secret', severity: 'info' }),
    );
    const before = running.host.journal.head().sequence;
    expect(await ask('case.report', { ...aReportInput(), reporter })).toBe('people_off');
    expect(running.host.journal.head().sequence).toBe(before);
    expect(await ask('case.report', aReportInput())).toMatchObject({ state: 'reported' });
    expect(await ask('person.reveal', { caseId: 'x', reason: '回访' })).toBe('people_off');
    expect(await ask('person.erase', { caseId: 'x', reason: '回访' })).toBe('people_off');
  });
});
