import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardStep } from '#contract/board.ts';
import { caseRow } from '#contract/case-row.ts';
import type { CaseChange, CaseRow } from '#contract/cases.ts';
import { packCases } from '#contract/packed-cases.ts';
import { HOUR_MS } from '#domain/base/instant.ts';
import { someAreas } from '#tests/builders/areas.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { CaseStage } from './case-stage.ts';
import { LiveCases, newestFirst, type CaseDelta } from './live-cases.ts';
import { DrawnBy } from './watch-cases.ts';

const about = { sequence: 1, isComplete: true };

function aRow(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...caseRow(aCase(1), 1), id, ...change };
}

function aStep(rows: readonly CaseRow[], change: Partial<BoardStep> = {}): BoardStep {
  return {
    ...{ picture: 'p', from: null, knowledge: 'then', sequence: 1, recordedAt: morning, asOf: morning, knownUntil: 1 },
    ...{ open: rows.length, upserts: packCases(rows), removed: [] },
    ...change,
  };
}

/** A desk with its map, which knows what it was told. */
function aDesk() {
  const live = new LiveCases(someAreas());
  const drawnBy = new DrawnBy();
  const drawn = new Map<string, CaseRow>();
  drawnBy.set(({ isReset, upserts, removed }: CaseDelta) => {
    if (isReset) drawn.clear();
    for (const id of removed) drawn.delete(id);
    for (const row of upserts) drawn.set(row.id, row);
    return Promise.resolve();
  });
  const stage = new CaseStage(live, drawnBy, () => morning + HOUR_MS);
  return { live, drawn, stage };
}

const upserts = (...rows: CaseRow[]): CaseChange[] => rows.map((row) => ({ kind: 'upsert', row }));
const shown = ({ live, drawn }: ReturnType<typeof aDesk>) => {
  expect(new Map(drawn), 'the map shows what the list shows').toEqual(new Map(live.rows));
  expect(live.newest, 'the list holds what is shown, in its order').toEqual([...live.rows.values()].sort(newestFirst));
  return [...live.rows.keys()].sort();
};

test('the past takes the place of now, what arrives is counted and not seen, and now comes back with it', async () => {
  const desk = aDesk();
  const { stage } = desk;
  await stage.apply(upserts(aRow('1'), aRow('2')), about);
  let told = 0;
  stage.onArrived(() => (told += 1));
  stage.hold();
  await stage.show(aStep([aRow('1'), aRow('old')]));
  expect([shown(desk), stage.now()]).toEqual([['1', 'old'], morning]);

  await stage.apply([...upserts(aRow('3'), aRow('2', { version: 2 })), { kind: 'remove', id: '1' }], about);
  await stage.apply(upserts(aRow('3', { version: 2 })), { sequence: 9, isComplete: true });
  expect([shown(desk), stage.arrived, told]).toEqual([['1', 'old'], 1, 1]);

  await stage.show(aStep([aRow('4')], { from: 'p', removed: ['old'], asOf: morning + 1 }));
  expect(shown(desk)).toEqual(['1', '4']);
  await stage.release();
  expect([shown(desk), stage.now(), stage.arrived]).toEqual([['2', '3'], morning + HOUR_MS, 0]);
  expect([desk.live.rows.get('2')?.version, desk.live.sequence]).toEqual([2, 9]);
});

test('a stream that begins anew meanwhile is kept back as well', async () => {
  const desk = aDesk();
  await desk.stage.apply(upserts(aRow('1'), aRow('2')), about);
  desk.stage.hold();
  await desk.stage.show(aStep([aRow('old')]));
  desk.stage.reset();
  await desk.stage.apply(upserts(aRow('2')), { sequence: 5, isComplete: false });
  await desk.stage.apply(upserts(aRow('3')), { sequence: 5, isComplete: true });
  expect([shown(desk), desk.stage.arrived]).toEqual([['old'], 1]);
  await desk.stage.release();
  expect(shown(desk)).toEqual(['2', '3']);
});

test('without being held nothing of the past is shown', async () => {
  const desk = aDesk();
  await desk.stage.apply(upserts(aRow('1')), about);
  await desk.stage.show(aStep([aRow('old')]));
  await desk.stage.release();
  expect(shown(desk)).toEqual(['1']);
});

test('levels are those of the instant, forwards and back', async () => {
  const desk = aDesk();
  const row = aRow('1', { dueAt: morning, clockStartedAt: morning - HOUR_MS, isUrgent: false });
  desk.stage.hold();
  const jumps: number[] = [];
  desk.stage.onJump(() => jumps.push(desk.stage.now()));
  const levelsAt = async (asOf: number) => {
    await desk.stage.show(aStep([row], { asOf }));
    return desk.live.levelsAt(desk.stage.now());
  };
  expect(await levelsAt(morning + 1_000)).toMatchObject({ 2: 1, 3: 0 });
  expect(await levelsAt(morning - 1_000), 'back by less than a span').toMatchObject({ 2: 0, 3: 1 });
  expect(await levelsAt(morning - HOUR_MS / 2)).toMatchObject({ 2: 0, 3: 0 });
  expect(jumps).toEqual([morning + 1_000, morning - 1_000, morning - HOUR_MS / 2]);
});

describe('whatever happens in between', () => {
  const rowOf = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5 }))
    .map(([id, minutes]) => aRow(String(id), { reportedAt: morning + minutes }));
  const change = fc.oneof(
    rowOf.map((row): CaseChange => ({ kind: 'upsert', row })),
    fc.integer({ min: 1, max: 9 }).map((id): CaseChange => ({ kind: 'remove', id: String(id) })),
  );
  const event = fc.oneof(
    fc.array(change, { maxLength: 6 }).map((items) => ({ kind: 'stream', items }) as const),
    fc.array(rowOf, { maxLength: 6 }).map((rows) => ({ kind: 'show', rows }) as const),
    fc.constantFrom({ kind: 'hold' } as const, { kind: 'release' } as const),
  );

  test('after the past the desk is as if it had never looked back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
        const [desk, plain] = [aDesk(), aDesk()];
        for (const one of events) {
          if (one.kind === 'hold') desk.stage.hold();
          else if (one.kind === 'release') await desk.stage.release();
          else if (one.kind === 'show')
            await desk.stage.show(aStep([...new Map(one.rows.map((r) => [r.id, r])).values()]));
          else {
            await desk.stage.apply(one.items, about);
            await plain.stage.apply(one.items, about);
          }
          shown(desk);
        }
        await desk.stage.release();
        expect(shown(desk)).toEqual(shown(plain));
        expect(new Map(desk.live.rows)).toEqual(new Map(plain.live.rows));
        expect(new Map(desk.live.byArea)).toEqual(new Map(plain.live.byArea));
      }),
    );
  });
});
