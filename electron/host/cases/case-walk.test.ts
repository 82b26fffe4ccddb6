import { beforeAll, expect, test } from 'vitest';
import type { CaseState } from '#domain/case/state.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { KeptCase } from '#host/ports/cases.ts';
import type { Entry } from '#host/ports/journal.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { walkCases, type WalkOptions } from './case-walk.ts';

let entries: readonly Entry[] = [];
beforeAll(() => {
  const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  day.play(10);
  const chain = { prev: '', hash: '', tables: {}, actor: 'desk-1' };
  entries = day.events.map((event, index) => ({
    ...{ ...chain, at: event.at, commandId: `c-${index}`, events: [event] },
    sequence: index + 1,
  }));
});

const readEach = (sequences: readonly number[]) => Promise.resolve(sequences.flatMap((one) => entries[one - 1] ?? []));

async function* from(first: number, lost: readonly number[] = []) {
  const left = entries.slice(first - 1).filter(({ sequence }) => !lost.includes(sequence));
  for (let at = 0; at < left.length; at += 10) yield await Promise.resolve(left.slice(at, at + 10));
}

/** What a plain fold gives, and the sequences of each case. */
function plain(lost: readonly number[] = []): Map<string, KeptCase> {
  const cases = new Map<string, { state: CaseState; sequences: number[] }>();
  for (const { events, sequence } of entries) {
    for (const event of events) {
      const before = cases.get(event.caseId);
      if (lost.includes(sequence) || event.version !== (before?.state.version ?? 0) + 1) continue;
      const state = evolve(before?.state, event);
      cases.set(event.caseId, { state, sequences: [...(before?.sequences ?? []), sequence] });
    }
  }
  return cases;
}

/** Walks, and remembers what it was given as the tables do. */
async function walk(change: Partial<WalkOptions> & { readonly after?: number; readonly lost?: readonly number[] }) {
  const { after = 0, lost = [], ...options } = change;
  const given = new Map<string, KeptCase>();
  const wanted = plain(lost);
  let largest = 0;
  let reached = after;
  const windows = walkCases(from(after + 1, lost), {
    journal: { readEach },
    resident: () => undefined,
    stored: (id) => Promise.resolve(given.get(id)?.sequences ?? null),
    onMissing: (id) => expect.unreachable(`${id} is not missing`),
    ...options,
  });
  for await (const { current, past, sequence } of windows) {
    largest = Math.max(largest, current.length + past.length);
    for (const kept of [...current, ...past]) given.set(kept.state.id, kept);
    expect(sequence).toBeGreaterThanOrEqual(reached);
    reached = sequence;
    for (const [id, { sequences }] of wanted) {
      const told = given.get(id)?.sequences.at(-1) ?? 0;
      const untold = sequences.filter((own) => own > after && own <= sequence && own > told);
      expect(untold, `case ${id} up to entry ${sequence}`).toEqual([]);
    }
  }
  return { given, largest };
}

const sorted = (cases: Map<string, KeptCase>) => [...cases].sort(([a], [b]) => (a < b ? -1 : 1));

test.each([7, 100, 1_000_000])(
  'in windows of %i entries it gives every case as a plain fold does',
  async (windowEntries) => {
    const { given, largest } = await walk({ windowEntries });
    expect(sorted(given)).toEqual(sorted(plain()));
    expect(largest).toBeLessThanOrEqual(windowEntries * 2);
  },
);

test('cases in memory are not folded, and those begun before are looked up', async () => {
  const all = plain();
  const resident = (id: string) => (id.endsWith('3') ? all.get(id) : undefined);
  const stored = (id: string) => Promise.resolve(all.get(id)?.sequences ?? null);
  const after = Math.floor(entries.length / 2);
  const { given } = await walk({ after, resident, stored, windowEntries: 50 });
  const changed = new Map([...all].filter(([, { sequences }]) => (sequences.at(-1) ?? 0) > after));
  expect(changed.size).toBeGreaterThan(20);
  expect(sorted(given)).toEqual(sorted(changed));
});

test('of a damaged journal a case that misses an entry stays as it was before it, and is told of', async () => {
  const lost = [1, 40, 41, 200];
  const missing = new Set<string>();
  const { given } = await walk({ lost, windowEntries: 25, onMissing: (id) => missing.add(id) });
  expect(missing.size).toBeGreaterThan(0);
  expect(sorted(given)).toEqual(sorted(plain(lost)));
});
