import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { ok, refused, type Result } from '#domain/base/result.ts';
import type { WireError } from '#contract/errors.ts';
import type { PersonRow } from '#domain/reference/rows.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { someTables } from '#tests/builders/tables.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { checkBriefings } from './briefing-files.ts';
import { BriefingKeeper } from './briefing-keeper.ts';

const now = Date.UTC(2026, 10, 23, 1);
let folder: string;
let prints: string[];
let refusal: WireError | null;
let ended: number;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'briefings');
  [prints, refusal, ended] = [[], null, 0];
});

const people = [
  ['P1', 'leader'],
  ['P2', 'desk_lead'],
  ['P3', 'duty_officer'],
].map(([id, post]) => ({ id, display: `${id}某`, unit: '110113', post }) as unknown as PersonRow);

function keeper(): BriefingKeeper {
  const tables = { ...someTables(), people: { ...someTables().people, inUnit: () => people } } as ReturnType<
    typeof someTables
  >;
  return new BriefingKeeper({
    ...{ folder, clock: new ManualClock(now), desk: () => '110113', tables: { inForce: () => tables } },
    compose: ({ kind, day }) =>
      Promise.resolve(
        ok({
          document: {
            kind,
            day,
            masthead: '城市管理日报',
            unit: '中心',
            title: `${day} 情况`,
            blocks: [],
            figures: [],
          },
          ...{ dataTime: instant(now), sequence: 7, journalHash: 'ab'.repeat(32) },
        }),
      ),
    printer: {
      print: (address) => {
        prints.push(address);
        return Promise.resolve(refusal === null ? ok(Buffer.from(`%PDF ${address}`)) : refused(refusal));
      },
      close: () => Promise.resolve(),
    },
    pageOf: (id) => ({ address: `page of ${id}`, end: () => (ended += 1) }),
  });
}

async function value<Value>(answer: Promise<Result<Value, WireError>>): Promise<Value> {
  const outcome = await answer;
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}
const codeOf = async (answer: Promise<Result<unknown, WireError>>) => {
  const outcome = await answer;
  return outcome.ok ? null : outcome.error.code;
};
const daily = (day: string, draftedBy = 'P3') => ({ kind: 'daily', day, draftedBy }) as const;

test('a second person issues; serials count up within the year, the same day again is another version', async () => {
  const own = keeper();
  const issued = [];
  for (const day of ['2026-11-20', '2026-11-21', '2026-11-20']) {
    const { id, issue } = await value(own.create(daily(day)));
    expect(issue).toBeNull();
    issued.push(await value(own.issue({ id, approvedBy: 'P1' })));
  }
  expect(issued.map(({ id, issue }) => [id, issue?.serial, issue?.version])).toEqual([
    ['daily-2026-11-20-1', 1, 1],
    ['daily-2026-11-21-1', 2, 1],
    ['daily-2026-11-20-2', 1, 2],
  ]);
  expect(ended).toBe(3);
  const { briefings, approvers, drafters } = await value(own.list());
  expect(briefings.map(({ state }) => state)).toEqual(['issued', 'issued', 'issued']);
  expect([approvers.length, drafters.length]).toEqual([2, 3]);
});

test('refuses a day that has not begun, an unknown person, one without the post, and who drafted it', async () => {
  const own = keeper();
  expect(await codeOf(own.create(daily('2026-11-24')))).toBe('briefing_day');
  expect(await codeOf(own.create(daily('2026-11-22', 'P9')))).toBe('person_unknown');
  const { id } = await value(own.create(daily('2026-11-22', 'P1')));
  for (const [approvedBy, code] of [
    ['P1', 'own_draft'],
    ['P3', 'wrong_role'],
    ['P9', 'person_unknown'],
  ] as const) {
    expect(await codeOf(own.issue({ id, approvedBy }))).toBe(code);
  }
  expect(prints).toEqual([]);
  expect(await codeOf(own.issue({ id: 'daily-2026-11-22-9', approvedBy: 'P2' }))).toBe('not_found');
});

test('what is issued is frozen: not issued again, and its PDF is the bytes that were issued, also after a restart', async () => {
  const own = keeper();
  const { id } = await value(own.create(daily('2026-11-22')));
  const draft = await value(own.pdf(id));
  expect(draft.fileName).toBe('城市管理日报-2026-11-22-草稿.pdf');
  await value(own.issue({ id, approvedBy: 'P2' }));
  expect(await codeOf(own.issue({ id, approvedBy: 'P1' }))).toBe('briefing_issued');
  const printed = prints.length;
  const pdf = await value(keeper().pdf(id));
  expect(prints).toHaveLength(printed);
  expect([Buffer.from(pdf.bytes).toString(), pdf.fileName]).toEqual([
    `%PDF page of ${id}`,
    '城市管理日报-2026-11-22-第1期.pdf',
  ]);
});

test('the page shows the number while it is being issued, and a printer that fails leaves a draft', async () => {
  const own = keeper();
  const { id } = await value(own.create(daily('2026-11-22')));
  refusal = { code: 'printer_failed', detail: { reason: 'no answer within 30 s' } };
  expect(await codeOf(own.issue({ id, approvedBy: 'P1' }))).toBe('printer_failed');
  expect(await value(own.page(id))).toMatchObject({ issue: null, pdfHash: null });
  expect(await readdir(folder)).toEqual([`${id}.json`]);
  expect(ended).toBe(1);
  refusal = null;
  const issuing = own.issue({ id, approvedBy: 'P1' });
  expect(await value(issuing)).toMatchObject({ issue: { serial: 1 } });
});

test('a changed byte of document or PDF is found by the keeper and by verify', async () => {
  const own = keeper();
  const { id } = await value(own.create(daily('2026-11-22')));
  await value(own.issue({ id, approvedBy: 'P1' }));
  expect(await checkBriefings(folder)).toEqual({ files: 2, damaged: [] });
  await writeFile(join(folder, `${id}.pdf`), '%PDF other');
  expect(await codeOf(own.pdf(id))).toBe('briefing_damaged');
  expect(await checkBriefings(folder)).toEqual({ files: 2, damaged: [`${id}.pdf`] });
  const json = await readFile(join(folder, `${id}.json`), 'utf8');
  await writeFile(join(folder, `${id}.json`), json.replace('中心', '中山'));
  expect(await codeOf(own.page(id))).toBe('briefing_damaged');
  expect(await checkBriefings(folder)).toEqual({ files: 1, damaged: [`${id}.json`] });
  expect((await value(own.list())).briefings).toMatchObject([{ id, state: 'damaged', day: '2026-11-22' }]);
  expect(await checkBriefings(join(folder, 'nowhere'))).toBeNull();
});
