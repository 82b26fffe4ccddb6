import { beforeAll, describe, expect, test } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { HOUR_MS, instant, MINUTE_MS, plus, SECOND_MS, type Instant } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import { isOpen } from '#domain/case/lifecycle.ts';
import type { CaseState } from '#domain/case/state.ts';
import type { Learnt, PastPicture } from '#host/ports/history.ts';
import type { Entry } from '#host/ports/journal.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { Hindsight, type HindsightParts } from './hindsight.ts';

/** The simulated day, one event an entry; a fifth of its reports were made up to two hours before they were recorded. */
let entries: readonly Entry[] = [];
beforeAll(() => {
  const simulated = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  simulated.play(10);
  const random = new Random(3);
  let at = 0;
  entries = simulated.events.map((given, index): Entry => {
    at = Math.max(at, given.at);
    let event: CaseEvent = { ...given, at: instant(at) };
    if (event.type === 'case.reported.v2' && random.integer(0, 4) === 0) {
      event = { ...event, reportedAt: plus(event.reportedAt, -random.integer(0, 2 * HOUR_MS)) };
    }
    const links = { prev: '', hash: String(index + 1), tables: {} };
    return { sequence: index + 1, at: instant(at), commandId: `c-${index}`, actor: 'desk', events: [event], ...links };
  });
});

const folds = new WeakMap<readonly Entry[], Map<string, ReadonlyMap<string, CaseState>>>();

function foldedUpTo(given: readonly Entry[], sequence: number): ReadonlyMap<string, CaseState> {
  const key = `${sequence} of ${given.length}`;
  const known = folds.get(given)?.get(key);
  if (known !== undefined) return known;
  const states = new Map<string, CaseState>();
  folds.set(given, (folds.get(given) ?? new Map<string, ReadonlyMap<string, CaseState>>()).set(key, states));
  for (const entry of given) {
    if (entry.sequence > sequence) break;
    for (const event of entry.events) states.set(event.caseId, evolve(states.get(event.caseId), event));
  }
  return states;
}

function hindsightOf(given: readonly Entry[], pieceEntries?: number): Hindsight {
  const parts: HindsightParts = {
    journal: {
      head: () => ({ sequence: given.length, hash: '' }),
      async *readEvents(from) {
        for (let at = from - 1; at < given.length; at += 50) yield given.slice(at, at + 50);
      },
      readEach: (sequences) => Promise.resolve(sequences.map((at) => required(given[at - 1], 'an entry'))),
    },
    folded: (id, sequence) => Promise.resolve(foldedUpTo(given, sequence).get(id)),
  };
  return new Hindsight(parts, pieceEntries);
}

function thenAt(given: readonly Entry[], time: Instant): PastPicture {
  const last = given.findLast(({ at }) => at <= time);
  const sequence = last?.sequence ?? 0;
  const changedAt = new Map<string, number>();
  for (const entry of given.slice(0, sequence)) {
    for (const { caseId } of entry.events) changedAt.set(caseId, entry.sequence);
  }
  const states = foldedUpTo(given, sequence);
  const open = [...states.values()]
    .filter(({ state }) => isOpen(state))
    .map((state) => ({ state, sequence: changedAt.get(state.id) ?? 0 }));
  return { sequence, recordedAt: last?.at ?? null, open, total: states.size };
}

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly unit: string | null;
  readonly dueAt: number | null;
  readonly description: string;
  readonly merged: readonly string[];
}

function shown(state: CaseState, merged: readonly string[]): Shown {
  const { id, holder, dueAt, description } = state;
  return { id, state: state.state, unit: holder?.unit ?? null, dueAt, description, merged: [...merged].sort() };
}

/** The definition beside `Knowledge`, told case by case out of what is known at the end; nothing of it is quick. */
function asKnownNow(given: readonly Entry[], time: Instant): readonly Shown[] {
  const { sequence } = thenAt(given, time);
  const [then, today] = [foldedUpTo(given, sequence), foldedUpTo(given, given.length)];
  const first = new Map<string, CaseState>();
  const voided = new Set<string>();
  for (const { events } of given) {
    for (const event of events) {
      if (event.version === 1) first.set(event.caseId, evolve(undefined, event));
      if (event.type === 'case.voided.v1') voided.add(event.caseId);
    }
  }
  const mergedIntoToday = (id: string): string | null => today.get(id)?.side.mergedInto?.caseId ?? null;
  const standing = new Map<string, CaseState>();
  for (const [id, begun] of first) {
    if (voided.has(id) || begun.reportedAt > time + SECOND_MS) continue;
    const known = then.get(id);
    if (known === undefined) {
      if (begun.reportedAt > time) continue;
      if (!begun.isArchived && begun.recordedAt - begun.reportedAt <= SECOND_MS) continue;
      if (begun.isArchived && time >= (begun.closedAt ?? begun.reportedAt)) continue;
      const runs = begun.clockStartedAt !== null && begun.clockStartedAt <= time;
      const state = isOpen(begun.state) ? begun.state : 'reported';
      standing.set(id, { ...begun, state, holder: null, dueAt: runs ? begun.dueAt : null });
    } else if (isOpen(known.state)) standing.set(id, known);
    else if (known.side.mergedInto !== null && mergedIntoToday(id) === null) {
      if (isOpen(known.side.mergedInto.before.state)) standing.set(id, known.side.mergedInto.before);
    }
  }
  const mainOf = (id: string): string => {
    let main = id;
    for (let into = mergedIntoToday(id); into !== null; into = mergedIntoToday(into)) main = into;
    return main;
  };
  const groups = new Map<string, CaseState[]>();
  for (const state of standing.values()) groups.set(mainOf(state.id), [...(groups.get(mainOf(state.id)) ?? []), state]);
  return [...groups].flatMap(([main, states]): readonly Shown[] => {
    const own = states.find(({ id }) => id === main);
    const others = states.filter(({ id }) => id !== main);
    if (own === undefined && then.has(main)) return others.map((state) => shown(state, reportsIn(state)));
    const [earliest] = others.toSorted((a, b) => a.reportedAt - b.reportedAt);
    const facts = required(today.get(main), 'a main case');
    const base = own ?? { ...required(earliest, 'a report'), id: main, description: facts.description };
    const kept = own === undefined ? [] : reportsIn(own).filter((id) => mainOf(id) === main);
    const joined = others.flatMap((state) => [state.id, ...reportsIn(state)]);
    return [shown(base, [...new Set([...kept, ...joined])])];
  });
}

const reportsIn = ({ side }: CaseState) => side.merged.map(({ caseId }) => caseId);

async function hindsightAt(hindsight: Hindsight, given: readonly Entry[], time: Instant): Promise<readonly Shown[]> {
  const { open } = await hindsight.pictureOf(thenAt(given, time), time);
  return sorted(open.map(({ state }) => shown(state, reportsIn(state))));
}

function sorted(list: readonly Shown[]): readonly Shown[] {
  return list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

test('a day with late reports, merged and voided cases: at any moment it is what the definition says', async () => {
  const random = new Random(11);
  const hindsight = hindsightOf(entries);
  const [begin, end] = [required(entries[0], 'a first').at, required(entries.at(-1), 'a last').at];
  const mergedAt = entries.filter(({ events }) => events.some(({ type }) => type === 'case.merged_into.v1'));
  const seen = { late: 0, gone: 0, merged: 0 };
  for (let round = 0; round < 24; round += 1) {
    const merging = mergedAt[random.integer(0, mergedAt.length - 1)];
    const anyTime = instant(random.integer(begin - HOUR_MS, end));
    const time = round % 3 === 0 ? plus(required(merging, 'one that was merged').at, -1) : anyTime;
    const told = await hindsightAt(hindsight, entries, time);
    expect(told, `moment ${time}`).toEqual(sorted(asKnownNow(entries, time)));
    const then = new Set(thenAt(entries, time).open.map(({ state }) => state.id));
    const now = new Set(told.map(({ id }) => id));
    seen.late += [...now].filter((id) => !then.has(id)).length;
    seen.gone += [...then].filter((id) => !now.has(id)).length;
    seen.merged += told.filter(({ merged }) => merged.length > 0).length;
  }
  expect(
    Object.entries(seen).filter(([, count]) => count === 0),
    'every difference occurs',
  ).toEqual([]);
});

test('it learns in pieces, the last entries first; a moment behind them needs none, and an earlier one only the rest', async () => {
  const hindsight = hindsightOf(entries, 300);
  const all = entries.length;
  const from = all - 1_000;
  const pieces: Learnt[] = [];
  do pieces.push(await hindsight.learn(from));
  while (pieces.at(-1)?.known !== pieces.at(-1)?.of);
  expect(pieces).toEqual([300, 600, 900, 1_000].map((known) => ({ known, of: 1_000 })));
  expect(await hindsight.learn(all - 500)).toEqual({ known: 500, of: 500 });
  expect(await hindsight.learn(from - 200)).toEqual({ known: 1_200, of: 1_200 });

  const time = required(entries[from - 1], 'an entry').at;
  expect(await hindsightAt(hindsight, entries, time)).toEqual(sorted(asKnownNow(entries, time)));
  const broken = hindsightOf(entries.slice(0, 700), 300);
  await broken.learn(0);
  const early = required(entries[10], 'an entry').at;
  expect(await hindsightAt(broken, entries.slice(0, 700), early), 'a reading that was left in the middle').toEqual(
    sorted(asKnownNow(entries.slice(0, 700), early)),
  );
});

test('no act changes what a report says of class and place, so that the first is the final one', () => {
  const before = foldedUpTo(entries, entries.length);
  for (const { events } of entries) {
    for (const event of events.filter(({ version }) => version === 1)) {
      const begun = evolve(undefined, event);
      const { classRef, place } = required(before.get(begun.id), 'a case');
      expect({ classRef, place }).toEqual({ classRef: begun.classRef, place: begun.place });
    }
  }
});

describe('one story at a time', () => {
  const by = { id: 'desk-1', role: 'ACCEPTOR', unit: null } as const;
  const start = instant(Date.UTC(2026, 10, 24, 1));
  const at = (minutes: number) => plus(start, minutes * MINUTE_MS);
  const told = async (given: readonly Entry[], minutes: number) =>
    (await hindsightAt(hindsightOf(given), given, at(minutes))).map(({ id, merged }) => [id, ...merged]);

  /** Entries of facts, each so many minutes after the start. */
  function journalOf(...facts: readonly (readonly [number, string, Record<string, unknown>])[]): readonly Entry[] {
    const versions = new Map<string, number>();
    return facts.map(([minutes, caseId, fact], index): Entry => {
      const version = (versions.get(caseId) ?? 0) + 1;
      versions.set(caseId, version);
      const event = { caseId, version, at: at(minutes), by, ...fact } as unknown as CaseEvent;
      const links = { prev: '', hash: String(index + 1), tables: {} };
      return { sequence: index + 1, at: at(minutes), commandId: `c-${index}`, actor: 'd', events: [event], ...links };
    });
  }
  const report = (reported: number) => ({
    ...{ type: 'case.reported.v2', source: 'desk', description: '井盖破损', reporterId: null, external: null },
    classRef: { standardRef: '', kind: 'component', code: '0101', name: '井盖' },
    place: { lon: null, lat: null, address: '', gridCode: null },
    ...{ reportedAt: at(reported), extra: {}, isDemo: false, state: 'reported', dueAt: at(600), photos: [] },
  });
  const merge = (id: string) => ({
    type: 'case.merged.v1',
    reports: [{ caseId: id, source: 'desk', reporterId: null, external: null, reportedAt: at(0), description: '' }],
    reason: '同一处',
  });
  const mergedInto = (into: string) => ({ type: 'case.merged_into.v1', into, reason: '同一处' });

  test('a report counts from when it was made, not from when it was recorded', async () => {
    const given = journalOf([30, 'a', report(10)]);
    expect(await told(given, 9)).toEqual([]);
    expect(await told(given, 10)).toEqual([['a']]);
    const { open } = await hindsightOf(given).pictureOf(thenAt(given, at(20)), at(20));
    expect(open[0]?.state, 'its clock had not begun, and nobody had it').toMatchObject({ dueAt: null, holder: null });
  });

  test('what came as ended is open between its own dates', async () => {
    const { state: _, dueAt: __, photos: ___, ...facts } = report(10);
    const given = journalOf([60, 'a', { ...facts, type: 'case.archived.v1', closedAt: at(20) }]);
    expect(await told(given, 15)).toEqual([['a']]);
    expect(await told(given, 20)).toEqual([]);
    const undated = journalOf([60, 'a', { ...facts, type: 'case.archived.v1', closedAt: null }]);
    expect(await told(undated, 15), 'nobody knows when it ended').toEqual([]);
  });

  test('what was voided later was never there', async () => {
    const given = journalOf([1, 'a', report(1)], [30, 'a', { type: 'case.voided.v1', reason: '误登' }]);
    expect(await told(given, 10)).toEqual([]);
    expect(thenAt(given, at(10)).open).toHaveLength(1);
  });

  test('a merged report stands for its main case before that was reported', async () => {
    const given = journalOf(
      [1, 'a', report(1)],
      [20, 'b', report(20)],
      [30, 'a', mergedInto('b')],
      [30, 'b', merge('a')],
    );
    expect(await told(given, 10)).toEqual([['b', 'a']]);
    expect(await told(given, 25)).toEqual([['b', 'a']]);
    expect(await told(given, 40)).toEqual([['b', 'a']]);
  });

  test('what was merged by mistake stands by itself, also while it was merged', async () => {
    const given = journalOf(
      [1, 'a', report(1)],
      [2, 'b', report(2)],
      [10, 'a', mergedInto('b')],
      [10, 'b', merge('a')],
      [30, 'a', { type: 'case.unmerged_from.v1', from: 'b', reason: '并错' }],
      [30, 'b', { type: 'case.unmerged.v1', id: 'a', reason: '并错' }],
    );
    for (const minutes of [5, 20, 40]) expect(await told(given, minutes), String(minutes)).toEqual([['a'], ['b']]);
    expect(thenAt(given, at(20)).open).toHaveLength(1);
  });

  test('earlier moments, new entries and an empty journal', async () => {
    const given: Entry[] = [];
    const hindsight = hindsightOf(given);
    expect(await hindsightAt(hindsight, given, at(0))).toEqual([]);
    given.push(...journalOf([1, 'a', report(1)], [30, 'b', report(5)], [40, 'c', report(6)]));
    expect((await hindsightAt(hindsight, given, at(35))).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect((await hindsightAt(hindsight, given, at(5))).map(({ id }) => id)).toEqual(['a', 'b']);
    given.push(
      ...journalOf([1, 'a', report(1)], [2, 'd', report(0)])
        .slice(1)
        .map((entry) => late(entry, given)),
    );
    expect((await hindsightAt(hindsight, given, at(3))).map(({ id }) => id)).toEqual(['a', 'd']);
  });

  function late(entry: Entry, given: readonly Entry[]): Entry {
    const events = entry.events.map((event) => ({ ...event, at: at(50) }));
    return { ...entry, sequence: given.length + 1, at: at(50), events };
  }
});
