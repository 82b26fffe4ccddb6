import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { AreaIndex } from '#domain/grid/district.ts';
import type { TableCells } from '#domain/reference/parse-table.ts';
import { dayOf } from '#domain/reference/day.ts';
import { tableNames, type TableName } from '#domain/reference/table-names.ts';
import { HealthRegister } from '#host/health/health-register.ts';
import type { Adoption } from '#host/ports/tables.ts';
import { aDistrict } from '#tests/builders/district.ts';
import { aPersonRow, cellsOfRows, someClasses, someRows, type RowGiven } from '#tests/builders/tables.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { TableFiles, type TableDisk } from './table-files.ts';
import { openTables } from './table-store.ts';
import { textOfCells } from './table-text.ts';

const morning = Date.parse('2026-11-24T09:00:00+08:00');
const clock = new ManualClock(morning);

interface Folders {
  readonly defaultsFolder: string;
  readonly folder: string;
}

/** Defaults made of the builder's rows, and an empty data folder. */
async function someFolders(): Promise<Folders> {
  const root = await temporaryFolder({ isInMemory: true });
  const defaultsFolder = join(root, 'defaults');
  await mkdir(defaultsFolder);
  for (const name of tableNames) {
    await writeFile(join(defaultsFolder, `${name}.csv`), textOfCells(cellsOfRows(name, someRows[name])));
  }
  return { defaultsFolder, folder: join(root, 'tables') };
}

async function open(folders: Folders, disk?: TableDisk) {
  const health = new HealthRegister(clock);
  const areas = new AreaIndex(aDistrict());
  const options = { ...folders, classes: someClasses(), areas, clock, health, ...(disk === undefined ? {} : { disk }) };
  return { tables: await openTables(options), health };
}

const calendar = (dates: readonly string[]) =>
  cellsOfRows(
    'calendar',
    dates.map((date) => ({ date, kind: 'holiday', name: '国庆节' })),
  );

function adoption(name: TableName, cells: TableCells, expectedVersion: string): Adoption {
  return { name, cells, note: '按通知', by: 'admin-1', expectedVersion };
}

function versionOf(opened: Awaited<ReturnType<typeof open>>, name: TableName): string {
  return opened.tables.inForce().versions[name];
}

test('an adopted table is in force at once, after a restart, and in the history with who, when and why', async () => {
  const folders = await someFolders();
  const opened = await open(folders);
  const shipped = versionOf(opened, 'calendar');
  expect(shipped).toMatch(/^default-[0-9a-f]{8}$/);
  expect(opened.tables.inForce().calendar.knowsYear(2027)).toBe(false);
  const heard: boolean[] = [];
  onTestFinished(opened.tables.onChanged((tables) => heard.push(tables.calendar.knowsYear(2027))));

  const adopted = await opened.tables.adopt(adoption('calendar', calendar(['2026-10-01', '2027-10-01']), shipped));
  expect(adopted).toMatchObject({ ok: true, value: expect.stringMatching(/^2026-11-24T010000\.000Z-[0-9a-f]{8}$/) });
  expect(heard).toEqual([true]);

  const again = await open(folders);
  expect(again.tables.inForce().calendar.knowsYear(2027)).toBe(true);
  expect(await again.tables.history('calendar')).toEqual([
    {
      version: versionOf(opened, 'calendar'),
      ...{ isDefault: false, isInForce: true, adoptedAt: morning, adoptedBy: 'admin-1', note: '按通知' },
    },
    { version: shipped, isDefault: true, isInForce: false, adoptedAt: null, adoptedBy: '', note: '' },
  ]);
  expect((await again.tables.read('calendar', shipped))?.cells.rows).toHaveLength(1);
  expect(await again.tables.read('calendar', 'default-00000000')).toBeNull();
  expect((await readdir(join(folders.folder, 'calendar'))).length).toBe(2);
});

test('the calendar of earlier versions is made again; of a version that is gone there is none', async () => {
  const opened = await open(await someFolders());
  const before = opened.tables.inForce();
  await opened.tables.adopt(
    adoption('calendar', calendar(['2026-10-01', '2027-10-01']), versionOf(opened, 'calendar')),
  );
  const then = await opened.tables.calendarOf(before.versions);
  expect([then?.version, then?.knowsYear(2027)]).toEqual([before.calendar.version, false]);
  const { versions, calendar: now } = opened.tables.inForce();
  expect(await opened.tables.calendarOf(versions)).toBe(now);
  expect(await opened.tables.calendarOf({ ...versions, calendar: 'default-00000000' })).toBeNull();
  expect(await opened.tables.calendarOf({ limits: 'of an older program' })).toBeNull();
});

test('a table with a fault is not taken: row, column, reason; the version before stays in force', async () => {
  const folders = await someFolders();
  const opened = await open(folders);
  const before = opened.tables.inForce();
  const rows: readonly RowGiven[] = [
    ...someRows.limits,
    { record: 'case', clock: 'handle', code: '0605', default: true, value: 'x', unit: 'minute' },
  ];
  expect(await opened.tables.adopt(adoption('limits', cellsOfRows('limits', rows), before.versions.limits))).toEqual({
    ok: false,
    error: {
      code: 'bad_table',
      problems: [{ table: 'limits', row: 10, column: 'value', code: 'not_a_number', value: 'x', detail: {} }],
    },
  });
  expect(opened.tables.inForce()).toBe(before);
});

test('a table that no longer fits the others is not taken: a unit that responsibilities name', async () => {
  const folders = await someFolders();
  await writeFile(
    join(folders.defaultsFolder, 'duties.csv'),
    textOfCells(cellsOfRows('duties', [{ hours: 'all', lead: 'D1', delegated: false, auto: false }])),
  );
  const { tables } = await open(folders);
  const units = cellsOfRows('units', someRows.units.slice(0, 3));
  expect(tables.check('units', units)).toMatchObject({
    next: null,
    problems: [{ table: 'duties', row: 2, column: 'lead', code: 'unknown_reference', value: 'D1' }],
  });
});

test('warnings don’t hinder: a unit is dissolved, and its row is named where people still are in it', async () => {
  const { tables } = await open(await someFolders());
  const dissolved = someRows.units.map((row) => (row['code'] === '91' ? { ...row, to: '2027-01-01' } : row));
  const { problems, next } = tables.check('units', cellsOfRows('units', dissolved));
  expect(problems).toMatchObject([
    {
      table: 'people',
      row: 2,
      code: 'reference_not_in_force',
      detail: { day: '2027-01-01', otherRow: '3', instead: '9' },
    },
  ]);
  expect(next?.units.replacementFor('91', '2027-01-01')?.unit.code).toBe('9');
});

test('of two that start from one version the second is stale and changes nothing', async () => {
  const opened = await open(await someFolders());
  const shipped = versionOf(opened, 'calendar');
  const [first, second] = await Promise.all([
    opened.tables.adopt(adoption('calendar', calendar(['2026-10-01', '2027-10-01']), shipped)),
    opened.tables.adopt(adoption('calendar', calendar(['2026-10-01']), shipped)),
  ]);
  expect(first.ok).toBe(true);
  expect(second).toEqual({ ok: false, error: { code: 'stale', version: versionOf(opened, 'calendar') } });
  expect(opened.tables.inForce().calendar.knowsYear(2027)).toBe(true);
});

test.each(['.json', '.csv'])(
  'broken off before the %s appears: the version before stays, also after a restart',
  async (end) => {
    const folders = await someFolders();
    const broken: TableDisk = {
      rename: (from, to) => (String(to).endsWith(end) ? Promise.reject(new Error('power cut')) : rename(from, to)),
    };
    const opened = await open(folders, broken);
    const before = opened.tables.inForce();
    const again = adoption('calendar', calendar(['2027-10-01']), before.versions.calendar);
    expect(await opened.tables.adopt(again)).toEqual({ ok: false, error: { code: 'not_saved', reason: 'power cut' } });
    expect(opened.tables.inForce()).toBe(before);
    await writeFile(join(folders.folder, 'calendar', '2026-11-24T010000.000Z-00000000.csv.half-made'), 'date,ki');
    const restarted = await open(folders);
    expect(versionOf(restarted, 'calendar')).toBe(before.versions.calendar);
    expect(restarted.health.list()).toEqual([]);
  },
);

test('a version that was changed on the disk is passed over for the one before, and a fact says so until the next', async () => {
  const folders = await someFolders();
  const opened = await open(folders);
  const shipped = versionOf(opened, 'calendar');
  const first = await opened.tables.adopt(adoption('calendar', calendar(['2026-10-01', '2027-10-01']), shipped));
  const firstVersion = versionOf(opened, 'calendar');
  await opened.tables.adopt(adoption('calendar', calendar(['2026-10-01', '2028-10-01']), firstVersion));
  expect(first.ok).toBe(true);
  const newest = join(folders.folder, 'calendar', `${versionOf(opened, 'calendar')}.csv`);
  await writeFile(newest, `${await readFile(newest, 'utf8')}\n2029-10-01,holiday,国庆节,,,false,test\n`);

  const restarted = await open(folders);
  expect(versionOf(restarted, 'calendar')).toBe(firstVersion);
  expect(restarted.tables.list().find(({ name }) => name === 'calendar')?.problems).toMatchObject([
    { code: 'unreadable' },
  ]);
  expect(restarted.health.list()).toMatchObject([
    {
      id: 'tables.calendar',
      code: 'table_faulty',
      detail: { table: 'calendar', version: firstVersion, problem: 'unreadable' },
    },
  ]);
  await restarted.tables.adopt(adoption('calendar', calendar(['2026-10-01']), firstVersion));
  expect(restarted.health.list()).toEqual([]);
});

test('an adopted table that does not fit the tables of a newer program goes back, alone', async () => {
  const folders = await someFolders();
  const opened = await open(folders);
  const people = cellsOfRows('people', [aPersonRow({ id: 'P1', unit: 'D1', post: 'leader' })]);
  await opened.tables.adopt(adoption('people', people, versionOf(opened, 'people')));
  await opened.tables.adopt(
    adoption('calendar', calendar(['2026-10-01', '2027-10-01']), versionOf(opened, 'calendar')),
  );
  const units = cellsOfRows('units', someRows.units.slice(0, 3));
  await writeFile(join(folders.defaultsFolder, 'units.csv'), textOfCells(units));

  const restarted = await open(folders);
  expect(versionOf(restarted, 'people')).toMatch(/^default-/);
  expect(restarted.tables.inForce().calendar.knowsYear(2027)).toBe(true);
  expect(restarted.health.list()).toMatchObject([
    { id: 'tables.people', detail: { row: '2', column: 'unit', problem: 'unknown_reference', value: 'D1' } },
  ]);
});

test('a newer program takes policies that an adopted table lacks as shipped, and the others as adopted', async () => {
  const folders = await someFolders();
  const older = someRows.policies.filter(({ key }) => key !== 'recall_window' && key !== 'position_old_after');
  const adopted = older.map((row) => (row['key'] === 'max_extensions' ? { ...row, value: '7' } : row));
  const text = textOfCells(cellsOfRows('policies', adopted));
  // As a program left it that knew fewer of them: this one would not take it.
  const version = await new TableFiles(folders.folder).add('policies', text, {
    ...{ adoptedAt: morning, adoptedBy: 'admin-1', note: '' },
  });

  const restarted = await open(folders);
  expect(restarted.health.list()).toEqual([]);
  expect(versionOf(restarted, 'policies')).toBe(version);
  const { policies } = restarted.tables.inForce();
  const day = dayOf(instant(morning));
  expect(policies.number('max_extensions', day)).toBe(7);
  const shipped = someRows.policies.find(({ key }) => key === 'recall_window');
  expect(policies.number('recall_window', day)).toBe(Number(shipped?.['value']));
});

test('a clock that was set back does not hide the new version behind the old', async () => {
  const folders = await someFolders();
  const opened = await open(folders);
  await opened.tables.adopt(adoption('calendar', calendar(['2026-10-01']), versionOf(opened, 'calendar')));
  clock.jumpTo(morning - 86_400_000);
  onTestFinished(() => clock.jumpTo(morning));
  await opened.tables.adopt(adoption('calendar', calendar(['2027-10-01']), versionOf(opened, 'calendar')));
  expect(versionOf(await open(folders), 'calendar')).toBe(versionOf(opened, 'calendar'));
});

test('a shipped table with a fault refuses the start: file, row, column, reason', async () => {
  const folders = await someFolders();
  const file = join(folders.defaultsFolder, 'people.csv');
  const text = textOfCells(
    cellsOfRows('people', [...someRows.people, aPersonRow({ id: 'P2', unit: '91', post: 'king' })]),
  );
  await writeFile(file, text);
  await expect(open(folders)).rejects.toThrow(/people\.csv: people: row 3, post: not_allowed "king"/);
  await writeFile(file, text.replace('king', 'leader').replaceAll('91', '9999'));
  await expect(open(folders)).rejects.toThrow(/people: row 2, unit: unknown_reference "9999"/);
  await writeFile(file, Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]));
  await expect(open(folders)).rejects.toThrow(/people: row 1: unreadable \(reason not UTF-8\)/);
});

test('what a table changes is told by row', async () => {
  const { tables } = await open(await someFolders());
  const changed = calendar(['2026-10-01', '2027-10-01']);
  expect(tables.changes('calendar', changed)).toMatchObject([{ row: 3, before: null, after: { date: '2027-10-01' } }]);
});
