import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import type { CaseRow } from '#contract/cases.ts';
import { sf311, sf311DistrictMapping, sf311Mapping } from '#tests/builders/sf311.ts';
import { runCtl, startHost, type HostProcess } from '#tests/support/start-host.ts';

async function ctl(host: HostProcess, method: string, input: unknown): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runCtl('--data', host.dataFolder, method, JSON.stringify(input));
  expect([method, exitCode, stderr]).toEqual([method, 0, '']);
  return JSON.parse(stdout);
}

async function openRows(host: HostProcess, filter: object = {}): Promise<readonly CaseRow[]> {
  const page = await host.call('cases.list', { filter: { state: 'open', ...filter }, limit: 1_000 });
  if (!page.ok) throw new Error(page.error.code);
  return page.value.rows;
}

/** Every clock of a case accounts for each moment since it began, and its lines add up to what was used. */
function expectAccounted({ asOf, clocks }: OutputOf<'case.explainClock'>): void {
  for (const { startedAt, endedAt, lines, usedMs } of clocks) {
    let at = startedAt;
    for (const line of lines) {
      expect(line.from).toBe(at);
      expect(line.to).toBeGreaterThan(line.from);
      at = line.to;
    }
    expect(at).toBe(Math.max(startedAt, endedAt ?? asOf));
    expect(lines.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(usedMs);
  }
}

const report = {
  classRef: { standardRef: 'GB/T 47678.5-2026', kind: 'matter', code: '06042', name: '垃圾站（箱）满溢' },
  ...{ lon: 116.65, lat: 40.13, address: '村口', description: '垃圾清运不及时' },
};

/** The methods that outside scripts use, on whatever city the host has. */
async function useRuleBook(host: HostProcess, ids: readonly string[]): Promise<void> {
  const [first = '', second = '', third = ''] = ids;
  for (const id of ids.slice(0, 20)) {
    expectAccounted((await ctl(host, 'case.explainClock', { id })) as OutputOf<'case.explainClock'>);
  }
  const { suggestions } = (await ctl(host, 'case.suggestDispatch', { id: first })) as OutputOf<'case.suggestDispatch'>;
  expect(suggestions.length).toBeGreaterThan(0);
  for (const { lead, reasons, limit } of suggestions) {
    expect([lead.name === '', reasons.length > 0, limit.value > 0]).toEqual([false, true, true]);
  }

  const before = (await ctl(host, 'case.get', { id: second })) as OutputOf<'case.get'>;
  await ctl(host, 'case.merge', { id: first, ids: [second, third], reason: '同一处' });
  expect(await ctl(host, 'case.get', { id: first })).toMatchObject({ merged: [{ caseId: second }, { caseId: third }] });
  expect(await ctl(host, 'case.get', { id: second })).toMatchObject({
    state: 'void',
    mergedInto: first,
    holderUnit: null,
  });
  await ctl(host, 'case.unmerge', { id: first, mergedId: second, reason: '并错' });
  const { state, holderUnit, holderPost, dueAt, reporterId } = before;
  expect(await ctl(host, 'case.get', { id: second })).toMatchObject({
    ...{ state, holderUnit, holderPost, dueAt, reporterId },
    mergedInto: null,
  });
}

describe('the default district', () => {
  let host: HostProcess;
  beforeAll(async () => {
    host = await startHost({ args: ['--no-simulate'] });
  });
  afterAll(async () => {
    expect(await host.stop()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('ctl: clocks, suggestions, merge and unmerge', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push(((await ctl(host, 'case.report', report)) as OutputOf<'case.report'>).caseId);
    }
    await ctl(host, 'case.register', { id: ids[1], condition: '属实' });
    await ctl(host, 'case.dispatch', { id: ids[1], unit: '110113002' });
    await useRuleBook(host, ids);
    const { suggestions } = (await ctl(host, 'case.suggestDispatch', {
      id: ids[0],
    })) as OutputOf<'case.suggestDispatch'>;
    expect(suggestions[0]).toMatchObject({ isPlaceholder: true, reasons: [{ kind: 'duty' }] });
  });

  test('rules.preview says which open deadlines would move; adopting moves these and no closed one', async () => {
    const { caseId: closed } = (await ctl(host, 'case.report', report)) as OutputOf<'case.report'>;
    await ctl(host, 'case.register', { id: closed, condition: '属实' });
    await ctl(host, 'case.dispatch', { id: closed, unit: '110113002' });
    const { caseId: open } = (await ctl(host, 'case.report', report)) as OutputOf<'case.report'>;
    await ctl(host, 'case.register', { id: open, condition: '属实' });
    await ctl(host, 'case.dispatch', { id: open, unit: '110113002' });
    await ctl(host, 'case.force_close', { id: closed, reason: '测试' });
    const closedBefore = await ctl(host, 'case.get', { id: closed });
    const { dueAt } = (await ctl(host, 'case.get', { id: open })) as OutputOf<'case.get'>;

    const name = 'limits';
    const table = (await ctl(host, 'tables.read', { name })) as OutputOf<'tables.read'>;
    const columns = table.columns.map(({ id }) => id);
    const [clock, code, value, unit] = ['clock', 'code', 'value', 'unit'].map((id) => columns.indexOf(id));
    const rows = table.rows.map(({ cells }) => {
      const isMeant = cells[clock ?? 0] === 'handle' && cells[code ?? 0] === '06042';
      return cells.map((cell, at) => (isMeant && at === value ? '2' : isMeant && at === unit ? 'natural_day' : cell));
    });
    const content = { name, columns, rows };
    const preview = (await ctl(host, 'rules.preview', content)) as OutputOf<'rules.preview'>;
    expect(preview.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(preview.changedRows.length).toBeGreaterThan(0);
    expect(preview.moves?.map(({ caseId }) => caseId)).toContain(open);
    expect(preview.moves?.map(({ caseId }) => caseId)).not.toContain(closed);
    expect(preview.counts?.moved).toBe(preview.moves?.length);
    expect(await ctl(host, 'case.get', { id: open })).toMatchObject({ dueAt });

    const moved = new Promise<void>((done) => {
      host.client.watch(
        'cases.watch',
        {},
        {
          reset: () => {},
          failed: () => {},
          apply: (items) => {
            if (items.some((item) => item.kind === 'upsert' && item.row.id === open && item.row.dueAt !== dueAt))
              done();
          },
        },
      );
    });
    await ctl(host, 'tables.adopt', { content, note: '按新标准', expectedVersion: table.version });
    await moved;
    const expected = preview.moves?.find(({ caseId }) => caseId === open)?.dueAfter;
    expect(await ctl(host, 'case.get', { id: open })).toMatchObject({ dueAt: expected });
    expect(await ctl(host, 'case.get', { id: closed })).toEqual(closedBefore);
    const { steps } = (await ctl(host, 'case.history', { id: open })) as OutputOf<'case.history'>;
    expect(steps.at(-1)).toMatchObject({
      type: 'case.redated.v1',
      by: { role: 'SYSTEM' },
      facts: { before: dueAt, after: expected },
    });
  });

  test('an ended case is explained by the calendar of its end, whatever is adopted later', async () => {
    const { caseId: id } = (await ctl(host, 'case.report', report)) as OutputOf<'case.report'>;
    await ctl(host, 'case.register', { id, condition: '属实' });
    await ctl(host, 'case.dispatch', { id, unit: '110113002' });
    await ctl(host, 'case.force_close', { id, reason: '测试' });
    const explain = async () => (await ctl(host, 'case.explainClock', { id })) as OutputOf<'case.explainClock'>;
    const before = await explain();
    const name = 'calendar';
    const table = (await ctl(host, 'tables.read', { name })) as OutputOf<'tables.read'>;
    const columns = table.columns.map((column) => column.id);
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const isToday = (cells: readonly string[]) => cells.includes(today);
    const rows = table.rows.map(({ cells }) => cells).filter((cells) => !isToday(cells));
    const content = {
      name,
      columns,
      rows: [
        ...rows,
        columns.map((column) => ({ date: today, kind: 'holiday', name: '示例', source: 'test' })[column] ?? ''),
      ],
    };
    await ctl(host, 'tables.adopt', { content, note: '示例', expectedVersion: table.version });
    const after = await explain();
    expect({ ...after, asOf: before.asOf }).toEqual(before);
    expect(after.isRecounted).toBe(false);
  });

  test('a broken table is refused with row, column and reason, and the one before stays in force', async () => {
    const name = 'work-hours';
    const { version } = (await ctl(host, 'tables.read', { name })) as OutputOf<'tables.read'>;
    const csv = 'from,to,periods,placeholder,source\n,,08:00-25:00,true,x\n';
    const { exitCode, stderr } = await runCtl(
      '--data',
      host.dataFolder,
      'tables.adopt',
      JSON.stringify({ content: { name, csv }, note: '试', expectedVersion: version }),
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/bad_table.*"row":"?2.*periods/s)]);
    expect(await ctl(host, 'tables.read', { name })).toMatchObject({ version });
  });
});

describe('a simulated city', () => {
  test('ctl: clocks, suggestions, merge and unmerge', async () => {
    const host = await startHost();
    await host.call('simulation.set', { isRunning: false });
    const ids = (await openRows(host, { record: 'case' }))
      .filter(({ state }) => ['reported', 'pending_register', 'pending_dispatch', 'handling'].includes(state))
      .map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(10);
    await useRuleBook(host, ids);
    expect(await host.stop()).toMatchObject({ exitCode: 0 });
  });
});

const { folder: sanFrancisco, csv, tracts, isAbsent } = sf311;

describe.skipIf(isAbsent)(
  isAbsent ? `San Francisco (not run: ${sanFrancisco} is absent)` : 'San Francisco, another district',
  () => {
    test('ctl: clocks, suggestions, merge and unmerge', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sf-rules-'));
      const [districtMapping, mapping] = [join(folder, 'levels.json'), join(folder, 'columns.json')];
      await writeFile(districtMapping, JSON.stringify(sf311DistrictMapping));
      await writeFile(mapping, JSON.stringify(sf311Mapping));
      const host = await startHost({
        args: [
          ...['--no-simulate', '--district', tracts],
          ...['--district-mapping', districtMapping],
          ...['--import', csv, '--mapping', mapping],
        ],
      });
      const ids = (await openRows(host)).filter(({ gridCode }) => gridCode !== null).map(({ id }) => id);
      await useRuleBook(host, ids);
      expect(await host.stop()).toMatchObject({ exitCode: 0 });
      await rm(folder, { recursive: true });
    });
  },
);
