import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ImportProgress, ImportReport, ImportRun } from '#contract/imports.ts';
import { required } from '#domain/base/assert-never.ts';
import { ClassTable } from '#domain/coding/class-table.ts';
import type { Commands } from '#host/ports/commands.ts';
import type { Imports } from '#host/ports/imports.ts';
import { gridAt } from '#tests/builders/district.ts';
import { openQueue, type OpenedQueue } from '#tests/support/open-queue.ts';
import { readAll } from '#tests/support/read-all.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createFileImport } from './file-import.ts';

const head = '编号,时间,描述,经度,纬度,状态,结案时间';
const good = [
  'A-1,2026-03-05 08:00,井盖破损,116.25,40.5,处理中,',
  'A-2,2026-03-05 09:00,路面积水,117.25,40.5,结案,2026-03-06 10:00',
];

test('open rows are reported and closed ones archived, each in the grid that holds it', async () => {
  const { run, opened } = await importer();
  const report = await run(fileOf(...good));
  expect(report).toMatchObject({
    ...{ rows: 2, accepted: 2, known: 0, refused: [], warnings: [], encoding: 'utf-8', delimiter: ',' },
    ...{ isDryRun: false, isCancelled: false, refusedFile: null },
  });
  const states = (await readAll(opened.journal)).map(({ events: [event] }) => event);
  expect(states).toMatchObject([
    { type: 'case.reported.v2', state: 'reported', place: { gridCode: '9111' }, external: { feed: 'file', id: 'A-1' } },
    { type: 'case.archived.v1', place: { gridCode: '9211' }, closedAt: Date.UTC(2026, 2, 6, 2) },
  ]);
  expect(opened.cases.counts()).toEqual({ open: 1, total: 2 });
});

test('the same file again, under another name and encoding, changes nothing', async () => {
  const { run, opened } = await importer();
  await run(fileOf(...good));
  const before = opened.journal.head();
  expect(await run(fileOf(...good), 'again.csv')).toMatchObject({ rows: 2, accepted: 0, known: 2, refused: [] });
  const asGbk = iconv.encode(fileOf(...good), 'gbk');
  expect(await run(asGbk)).toMatchObject({ rows: 2, accepted: 0, known: 2, encoding: 'gb18030' });
  expect(opened.journal.head()).toEqual(before);
});

test('a row that was edited since is known by its number and changes nothing; new rows are added', async () => {
  const { run, opened } = await importer();
  await run(fileOf(...good));
  const edited = good.map((row) => row.replace('井盖破损', '井盖丢失'));
  const report = await run(fileOf(...edited, 'A-3,2026-03-05 08:00,新,,,,'));
  expect(report).toMatchObject({ rows: 3, accepted: 1, known: 2 });
  expect(JSON.stringify(await readAll(opened.journal))).not.toContain('井盖丢失');
});

test('after a restart of the host the same file still changes nothing', async () => {
  const { run, opened, folder } = await importer();
  await run(fileOf(...good));
  await opened.journal.close();
  const again = await importer(folder);
  expect(await again.run(fileOf(...good))).toMatchObject({ accepted: 0, known: 2 });
});

describe('refused rows', () => {
  const bad = [
    ['B-1,never,坏,,,,', 'reportedAt', 'date_unreadable'],
    [',2026-03-05,坏,,,,', 'externalId', 'id_missing'],
    ['B-3,,坏,,,,', 'reportedAt', 'date_missing'],
    ['B-4,2026-03-05', 'row', 'field_count'],
    ['B-5,2026-03-05,坏,,,,,,more', 'row', 'field_count'],
    ['A-1,2026-03-05,坏,,,,', 'externalId', 'id_repeated'],
    ['B-7,2036-03-05,坏,,,,', 'reportedAt', 'reported_in_future'],
    ['B-8,2026-03-05,,,,,', 'text', 'description_missing'],
  ] as const;

  test('each is listed with row, field and reason; the rest goes on', async () => {
    const { run, opened } = await importer();
    const report = await run(fileOf(good[0] ?? '', ...bad.map(([row]) => row), good[1] ?? ''));
    expect(report.refused.map(({ row, field, reason }) => [row, field, reason])).toEqual(
      bad.map(([, field, reason], index) => [index + 3, field, reason]),
    );
    expect(report).toMatchObject({ rows: 10, accepted: 2, known: 0 });
    expect(opened.cases.counts().total).toBe(2);
  });

  test('they are kept in a file that can be mended and imported', async () => {
    const { run } = await importer();
    const report = await run(fileOf(good[0] ?? '', ...bad.map(([row]) => row)));
    const kept = await readFile(required(report.refusedFile, 'rows were refused'), 'utf8');
    const lines = kept.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(bad.length + 1);
    expect(lines[0]).toBe(`${head},row,field,reason`);
    expect(lines[1]).toBe('B-1,never,坏,,,,,3,reportedAt,date_unreadable');
    expect(lines[4]).toBe('B-4,2026-03-05,,,,,,6,row,field_count');
    const mended = kept.replace('never', '2026-03-05').split('\r\n').slice(0, 2).join('\r\n');
    expect(await run(mended)).toMatchObject({ rows: 1, accepted: 1, refused: [] });
  });

  test('neither personal numbers nor formulas lie in that file', async () => {
    const { run } = await importer();
    const report = await run(fileOf('=1+1,never,联系13812345678,-116.25,40.5,"=HYPERLINK(""http://evil"")",@x'));
    const kept = await readFile(required(report.refusedFile, 'a row was refused'), 'utf8');
    expect(kept.split('\r\n')[1]).toBe(
      `"'=1+1",never,联系138******78,-116.25,40.5,"'=HYPERLINK(""http://evil"")","'@x",2,reportedAt,date_unreadable`,
    );
  });

  test('1,000 bad rows among 3,000 are 1,000 listed rows', async () => {
    const { run } = await importer();
    const rows = Array.from({ length: 3_000 }, (_, index) =>
      index % 3 === 0 ? `C-${index},never,坏,,,,` : `C-${index},2026-03-05,好,,,,`,
    );
    const report = await run(fileOf(...rows));
    expect(report).toMatchObject({ rows: 3_000, accepted: 2_000 });
    expect(report.refused.map(({ row }) => row)).toEqual(Array.from({ length: 1_000 }, (_, index) => index * 3 + 2));
  });
});

test('rows of many pieces are listed and kept in the order of the file', async () => {
  const { run } = await importer();
  const rows = Array.from({ length: 24_000 }, (_, index) =>
    index % 6_000 < 3_000 ? `C-${index},never,${'坏'.repeat(20)},,,,` : `C-${index},2026-03-05,好,,,,`,
  );
  const report = await run(fileOf(...rows));
  expect(report).toMatchObject({ rows: 24_000, accepted: 12_000 });
  const listed = report.refused.map(({ row }) => row);
  expect(listed).toEqual([...listed].sort((a, b) => a - b));
  const kept = await readFile(required(report.refusedFile, 'rows were refused'), 'utf8');
  const numbers = kept
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-3)));
  expect(numbers).toEqual(listed);
});

test('short rows, many to a piece, are not too many for the queue', async () => {
  const { run } = await importer();
  const rows = Array.from({ length: 60_000 }, (_, index) => `${index},20260305,x`);
  const file = ['编号,时间,描述', ...rows].join('\n');
  expect(await run(file)).toMatchObject({ rows: 60_000, accepted: 60_000, refused: [] });
});

test('doubtful rows are kept and listed', async () => {
  const { run, opened } = await importer();
  const report = await run(fileOf('D-1,2026-03-05,暗,40.5,116.25,未知,', 'D-2,2026-03-05,亮,10,10,结案,2026-03-01'));
  expect(report).toMatchObject({ rows: 2, accepted: 2, refused: [], refusedFile: null });
  expect(report.warnings.map(({ row, field, reason }) => [row, field, reason])).toEqual([
    [2, 'state', 'state_unknown'],
    [2, 'lon', 'position_unreadable'],
    [3, 'closedAt', 'closed_before_opened'],
    [3, 'lon', 'outside_district'],
  ]);
  expect(opened.cases.counts()).toEqual({ open: 1, total: 2 });
});

test('a dry run reports the same, and records and keeps nothing', async () => {
  const { run, opened, folder } = await importer();
  const file = fileOf(
    ...good,
    'B-1,never,坏,,,,',
    'B-7,2036-03-05,坏,,,,',
    'A-1,2026-03-05,重,,,,',
    'D-1,2026-03-05,暗,1,1,?,',
  );
  const dry = await run(file, 'cases.csv', { dryRun: true });
  expect(opened.journal.head().sequence).toBe(0);
  expect(await readdir(join(folder, 'imports')).catch(() => [])).toEqual([]);
  const real = await run(file);
  const { importId: _, refusedFile: none, isDryRun, ...rest } = dry;
  expect({ ...rest, none, isDryRun }).toMatchObject({ rows: 6, accepted: 3, none: null, isDryRun: true });
  expect(real).toMatchObject(rest);
  expect(await run(file, 'cases.csv', { dryRun: true })).toMatchObject({ accepted: 0, known: 3 });
});

describe('files as they are met', () => {
  const text = fileOf(...good);
  test.each([
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'utf-8', ','],
    ['GB18030', iconv.encode(text, 'gb18030'), 'gb18030', ','],
    ['UTF-16', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le', ','],
    ['UTF-16 with the big end first', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be', ','],
    ['tabs', Buffer.from(text.replaceAll(',', '\t')), 'utf-8', '\t'],
    ['semicolons', Buffer.from(text.replaceAll(',', ';')), 'utf-8', ';'],
    ['CR', Buffer.from(text.replaceAll('\r\n', '\r')), 'utf-8', ','],
    ['LF, without one at the end', Buffer.from(text.replaceAll('\r\n', '\n').trimEnd()), 'utf-8', ','],
  ])('%s', async (_, bytes, encoding, delimiter) => {
    const { run, opened } = await importer();
    expect(await run(bytes)).toMatchObject({ rows: 2, accepted: 2, refused: [], warnings: [], encoding, delimiter });
    expect(JSON.stringify(await readAll(opened.journal))).toContain('井盖破损');
  });

  test('a head alone is a file without rows', async () => {
    const { run } = await importer();
    expect(await run(`${head}\r\n`)).toMatchObject({ rows: 0, accepted: 0, refused: [], refusedFile: null });
  });

  test.each([
    ['an empty file', ''],
    ['one column', '编号\nA-1\n'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a lost quote', `${head}\r\nA-1,2026-03-05,"井${'盖,\n'.repeat(1_200_000)}`],
  ])('%s is refused as unreadable, with the reason', async (_, content) => {
    const { imports, write, opened } = await importer();
    const outcome = await imports.run({ path: await write(content), dryRun: false });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'file_unreadable' } });
    expect(opened.journal.head().sequence).toBe(0);
    expect(imports.list().filter(({ state }) => state === 'running')).toEqual([]);
  });
});

describe('mappings', () => {
  const columns = { externalId: '编号', reportedAt: '时间' };
  test.each([
    ['columns of another file', 'colour,size\n1,2\n', undefined, 'problem'],
    ['a column that is not there', fileOf(...good), { columns: { ...columns, text: '内容' } }, 'column'],
    ['a zone that is none', fileOf(...good), { columns, timeZone: 'Mars/Base' }, 'problem'],
    ['a file that is not there', fileOf(...good), '/nowhere/mapping.json', 'problem'],
  ])('%s: bad_mapping', async (_, content, mapping, named) => {
    const { imports, write } = await importer();
    const request = { path: await write(content), dryRun: false, ...(mapping === undefined ? {} : { mapping }) };
    const outcome = await imports.run(request as ImportRun);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'bad_mapping' } });
    expect(Object.keys(outcome.ok ? {} : outcome.error.detail)).toContain(named);
  });

  test.each(['{"columns":{}}', '{"columns":{"externalId":"编号"}}', '[]', 'no JSON', '{"columns":{"x":"y"}}'])(
    'a mapping file with %s is refused',
    async (text) => {
      const { imports, write } = await importer();
      const mapping = await write(text, 'mapping.json');
      const outcome = await imports.run({ path: await write(fileOf(...good)), mapping, dryRun: false });
      expect(outcome).toMatchObject({ ok: false, error: { code: 'bad_mapping', detail: { file: mapping } } });
    },
  );

  test('a mapping file says columns, zone, missing texts and states', async () => {
    const { run, write, opened } = await importer();
    const mapping = await write(
      JSON.stringify({
        columns: { externalId: 'nr', reportedAt: 'when', state: 'how', text: 'what' },
        ...{ timeZone: 'America/Los_Angeles', missing: ['', '-'], states: { Wiped: 'closed' } },
      }),
      'mapping.json',
    );
    const file =
      'nr,when,how,what,colour\n1,07/05/2026 01:00:00 PM,Wiped,-,red\n2,07/05/2026 01:00:00 PM,-,pothole,-\n';
    expect(await run(file, 'f.csv', { mapping })).toMatchObject({
      rows: 2,
      accepted: 1,
      refused: [{ row: 2, reason: 'description_missing' }],
    });
    const [entry] = await readAll(opened.journal);
    expect(entry?.events).toMatchObject([
      { type: 'case.reported.v2', reportedAt: Date.UTC(2026, 6, 5, 20), description: 'pothole', extra: {} },
    ]);
  });
});

test('a preview tells encoding, delimiter, columns, the first rows and the guess', async () => {
  const { imports, write } = await importer();
  const rows = Array.from({ length: 50 }, (_, index) => `P-${index},2026-03-05,"一\n二",,,,`);
  const outcome = await imports.preview(await write(iconv.encode(fileOf(...rows), 'gbk')));
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      ...{ encoding: 'gb18030', delimiter: ',', columns: head.split(',') },
      mapping: { columns: { externalId: '编号', reportedAt: '时间', text: '描述' } },
    },
  });
  const sample = outcome.ok ? outcome.value.sample : [];
  expect(sample).toHaveLength(20);
  expect(sample[19]).toEqual(['P-19', '2026-03-05', '一\n二', '', '', '', '']);
  expect(await imports.preview('/nowhere.csv')).toMatchObject({ ok: false, error: { code: 'file_unreadable' } });
  expect(await imports.preview(await write('colour,size\n1,2\n'))).toMatchObject({
    ok: true,
    value: { mapping: null },
  });
});

describe('progress and cancel', () => {
  const many = fileOf(
    ...Array.from({ length: 20_000 }, (_, index) => `M-${index},2026-03-05,井盖,116.25,40.5,处理中,`),
  );

  test('progress goes up to the whole file, and ends as done', async () => {
    const { imports, run } = await importer();
    const told: ImportProgress[] = [];
    onTestFinished(imports.onProgress((progress) => told.push(progress)));
    const { importId } = await run(many);
    expect(told.length).toBeGreaterThan(3);
    expect(told.map(({ share }) => share)).toEqual(told.map(({ share }) => share).sort((a, b) => a - b));
    expect(told[0]).toMatchObject({ importId, file: 'cases.csv', state: 'running', rows: 0, share: 0 });
    expect(told.at(-1)).toEqual({
      ...{ importId, file: 'cases.csv', state: 'done', rows: 20_000, accepted: 20_000, refused: 0, warnings: 0 },
      ...{ kind: 'cases', share: 1, isDryRun: false },
    });
    expect(imports.list()).toEqual([told.at(-1)]);
  });

  test('a cancelled import keeps what is recorded and says so; the rest comes with the next one', async () => {
    const { imports, run, opened } = await importer();
    const stop = imports.onProgress(({ importId, rows }) => rows > 0 && imports.cancel(importId));
    const first = await run(many);
    stop();
    expect(first.isCancelled).toBe(true);
    expect(first.rows).toBeGreaterThan(0);
    expect(first.rows).toBeLessThan(20_000);
    expect(opened.cases.counts().total).toBe(first.accepted);
    expect(imports.list().at(-1)?.state).toBe('cancelled');
    const second = await run(many);
    expect(second).toMatchObject({ isCancelled: false, known: first.accepted, accepted: 20_000 - first.accepted });
  });

  test('one import runs at a time; nothing else can be cancelled', async () => {
    const { imports, write } = await importer();
    const path = await write(many);
    const first = imports.run({ path, dryRun: false });
    const second = await imports.run({ path, dryRun: false });
    expect(second).toMatchObject({ ok: false, error: { code: 'import_running' } });
    expect(imports.cancel('import-of-another-time')).toBe(false);
    const importId = second.ok ? '' : second.error.detail['importId'];
    expect(imports.cancel(importId ?? '')).toBe(true);
    expect(await first).toMatchObject({ ok: true, value: { isCancelled: true } });
    expect(imports.cancel(importId ?? '')).toBe(false);
  });

  test('a host that cannot record ends the import with its code; it can be run again', async () => {
    const { run, imports, write, commands } = await importer();
    commands.failFrom = 10_000;
    expect(await imports.run({ path: await write(many), dryRun: false })).toMatchObject({
      ok: false,
      error: { code: 'journal_full', detail: { accepted: '10000' } },
    });
    expect(imports.list().at(-1)).toMatchObject({ state: 'failed', accepted: 10_000 });
    commands.failFrom = Infinity;
    expect(await run(many)).toMatchObject({ known: 10_000, accepted: 10_000 });
  });
});

test('personal numbers in texts are masked before they are recorded', async () => {
  const { run, opened } = await importer();
  const row = 'E-1,2026-03-05,"井盖破损，联系13812345678或010-12345678，身份证110113198001011234",,,未知13812345678,';
  const report = await run(fileOf(row));
  const recorded = JSON.stringify([report, await readAll(opened.journal)]);
  expect(recorded).not.toMatch(/13812345678|010-12345678|110113198001011234/);
  expect(recorded).toContain('138******78');
});

function fileOf(...rows: readonly string[]): string {
  return [head, ...rows, ''].join('\r\n');
}

interface Importer {
  readonly imports: Imports;
  readonly opened: OpenedQueue;
  readonly folder: string;
  readonly commands: { failFrom: number };
  write(content: string | Uint8Array, name?: string): Promise<string>;
  /** Writes the file and imports it. */
  run(content: string | Uint8Array, name?: string, change?: Partial<ImportRun>): Promise<ImportReport>;
}

/** An import over a real queue and journal; the journal is full from the command with the number `failFrom` on. */
async function importer(given?: string): Promise<Importer> {
  const folder = given ?? (await temporaryFolder());
  const opened = await openQueue(folder);
  onTestFinished(() => opened.journal.close());
  const { queue } = opened;
  const control = { failFrom: Infinity };
  let submitted = 0;
  const commands: Commands = {
    submit: (command) => {
      submitted += 1;
      if (submitted > control.failFrom)
        return Promise.resolve({ ok: false, error: { code: 'journal_full', detail: {} } });
      return queue.submit(command);
    },
    wouldAccept: (command) => queue.wouldAccept(command),
    drained: () => queue.drained(),
  };
  let serial = 0;
  const imports = createFileImport({
    ...{ commands, locate: gridAt, classes: () => new ClassTable('none', 'test', []), clock: opened.clock },
    folder: join(folder, 'imports'),
    newId: () => String((serial += 1)),
  });
  const write = async (content: string | Uint8Array, name = 'cases.csv') => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const run = async (content: string | Uint8Array, name?: string, change: Partial<ImportRun> = {}) => {
    const outcome = await imports.run({ path: await write(content, name), dryRun: false, ...change });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    return outcome.value;
  };
  return { imports, opened, folder, commands: control, write, run };
}
