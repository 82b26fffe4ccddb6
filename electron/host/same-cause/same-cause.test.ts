import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, plus, type Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import { factsOfCase } from '#domain/same-cause/facts.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { CaseNeighbors } from './same-cause.ts';

type Listener = (
  changes: readonly { readonly sequence: number; readonly state: CaseState }[],
  sequence: number,
) => void;

/** The part of case memory that is listened to. */
function someCases(start = 0) {
  const listeners = new Set<Listener>();
  let sequence = start;
  return {
    sequence: () => sequence,
    onChanged: (listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (...states: readonly CaseState[]) => {
      sequence += states.length;
      for (const listener of listeners) {
        listener(
          states.map((state) => ({ sequence, state })),
          sequence,
        );
      }
    },
  };
}

const open = (id: string): CaseState => ({ ...aCase(1), id });
const closed = (id: string, closedAt: Instant): CaseState => ({ ...aCase(10), id, closedAt });
const wanted = { ...factsOfCase(aCase(1)), id: null };
const idsOf = (neighbors: CaseNeighbors) => neighbors.candidates(wanted, 10).map(({ id }) => id);

const factsOf = (...states: readonly CaseState[]) => states.map(factsOfCase);
const atOnce = () => Promise.resolve();

test('it takes in open cases and those closed in the last 90 days, page by page', async () => {
  const neighbors = new CaseNeighbors({ clock: new ManualClock(morning) });
  neighbors.follow(someCases(7));
  const bare = { ...open('bare'), description: '', place: { lon: null, lat: null, address: '', gridCode: null } };
  expect(neighbors.isWhole()).toBe(false);
  await neighbors.fill([factsOf(open('open'), closed('old', plus(morning, -90 * DAY_MS - 1)))], atOnce);
  expect(idsOf(neighbors)).toEqual(['open']);
  await neighbors.fill([factsOf(closed('recent', plus(morning, -DAY_MS)), bare)], atOnce);
  neighbors.filled();
  expect([neighbors.isWhole(), neighbors.oldest()]).toEqual([true, plus(morning, -90 * DAY_MS)]);
  expect([neighbors.size, neighbors.sequence(), idsOf(neighbors)]).toEqual([3, 7, ['open', 'recent']]);
});

test('what it heard of is newer than what it takes in', async () => {
  const neighbors = new CaseNeighbors({ clock: new ManualClock(morning) });
  const cases = someCases();
  neighbors.follow(cases);
  cases.change({ ...open('a'), place: { ...open('a').place, lat: 41 } });
  await neighbors.fill([factsOf(open('a'), open('b'))], atOnce);
  expect(idsOf(neighbors)).toEqual(['b']);
});

test('it takes in no more than it may hold', async () => {
  const neighbors = new CaseNeighbors({ clock: new ManualClock(morning), mostClosed: 2 });
  const pages = function* () {
    for (const days of [1, 2, 3, 4]) yield factsOf(closed(`c${days}`, plus(morning, -days * DAY_MS)));
    throw new Error('no page is wanted any more');
  };
  neighbors.follow(someCases());
  await neighbors.fill(pages(), atOnce);
  expect([...idsOf(neighbors)].sort()).toEqual(['c1', 'c2']);
});

test('it hears of every change, the last of a batch counts, and it stops when told', () => {
  const neighbors = new CaseNeighbors({ clock: new ManualClock(morning) });
  const cases = someCases();
  const stop = neighbors.follow(cases);
  cases.change(open('a'), { ...open('a'), place: { ...open('a').place, lat: 41 } }, open('b'));
  expect([neighbors.sequence(), idsOf(neighbors)]).toEqual([3, ['b']]);
  cases.change(closed('b', plus(morning, -HOUR_MS)));
  const point = { lon: 116.25, lat: 40.5 };
  expect(neighbors.historyAt(point, { radiusMetres: 50, since: plus(morning, -DAY_MS) })).toMatchObject([
    { id: 'b', closedAt: plus(morning, -HOUR_MS) },
  ]);
  stop();
  cases.change(open('c'));
  expect(idsOf(neighbors)).toEqual(['b']);
});

test('what is closed for 90 days leaves by itself', () => {
  const clock = new ManualClock(morning);
  const neighbors = new CaseNeighbors({ clock });
  const cases = someCases();
  neighbors.follow(cases);
  cases.change(closed('a', plus(morning, -89 * DAY_MS)), open('b'));
  expect(neighbors.size).toBe(2);
  clock.advance(3 * DAY_MS);
  expect([idsOf(neighbors), neighbors.size]).toEqual([['b'], 1]);
});

test('of too many closed cases those of the earliest days leave; open ones stay', () => {
  const neighbors = new CaseNeighbors({ clock: new ManualClock(morning), mostClosed: 3 });
  const cases = someCases();
  neighbors.follow(cases);
  cases.change(open('open'), ...[1, 2, 3, 4, 5].map((days) => closed(`c${days}`, plus(morning, -days * DAY_MS))));
  expect([neighbors.size, [...idsOf(neighbors)].sort()]).toEqual([4, ['c1', 'c2', 'c3', 'open']]);
});
