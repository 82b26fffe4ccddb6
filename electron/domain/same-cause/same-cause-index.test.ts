import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant, plus } from '#domain/base/instant.ts';
import { Random } from '#domain/base/random.ts';
import { morning } from '#tests/builders/cases.ts';
import { aDraft, CityOfFacts, someFacts } from '#tests/builders/same-cause.ts';
import { distanceMetres } from './distance.ts';
import type { SameCauseFacts, SameCauseQuery } from './facts.ts';
import { defaultSameCausePolicy as policy } from './policy.ts';
import { SameCauseIndex } from './same-cause-index.ts';

function indexOf(...facts: readonly SameCauseFacts[]): SameCauseIndex {
  const index = new SameCauseIndex();
  for (const own of facts) index.put(own);
  return index;
}

const candidatesOf = (index: SameCauseIndex, change: Partial<SameCauseQuery> = {}) =>
  index.candidates(aDraft(change), policy, morning, 10);

/** So many metres further north. */
const north = (metres: number) => 40.13 + metres / 111_050;

test('same class within 50 m and 24 h is strong whatever the words say (domain.md §4.2)', () => {
  const facts = someFacts({
    lat: north(45),
    reportedAt: plus(morning, -23 * HOUR_MS),
    description: '车辆经过有响声',
    reporterId: 'collector-7',
  });
  expect(candidatesOf(indexOf(facts))).toEqual([
    {
      id: facts.id,
      score: expect.closeTo(0.711, 2) as number,
      isStrong: true,
      reasons: [
        { kind: 'same_class' },
        { kind: 'distance', metres: expect.closeTo(45, 0) as number },
        { kind: 'time', ms: 23 * HOUR_MS },
      ],
    },
  ]);
});

test('further away or longer ago it is weaker, and beyond the limits nothing', () => {
  const scores = [10, 50, 90, 149, 151].map(
    (metres) => candidatesOf(indexOf(someFacts({ lat: north(metres) })))[0]?.score,
  );
  expect(scores.slice(0, 4)).toEqual([...scores.slice(0, 4)].sort((a, b) => (b ?? 0) - (a ?? 0)));
  expect([scores[2], scores[4]]).toEqual([expect.any(Number), undefined]);
  const ago = [1, 30, 200, 740].map(
    (hours) => candidatesOf(indexOf(someFacts({ reportedAt: plus(morning, -hours * HOUR_MS) })))[0]?.score,
  );
  expect(ago).toEqual([...ago.slice(0, 3).sort((a, b) => (b ?? 0) - (a ?? 0)), undefined]);
});

test('another class needs similar words, and is told as similar when its name is', () => {
  const other = { classKey: 'other', className: '污水井盖' };
  const [same] = candidatesOf(indexOf(someFacts(other)));
  expect(same).toMatchObject({
    isStrong: true,
    reasons: [{ kind: 'similar_class' }, {}, {}, { kind: 'text', share: 1 }],
  });
  expect(candidatesOf(indexOf(someFacts({ ...other, description: '路灯不亮，夜间无照明' })))).toEqual([]);
  expect(candidatesOf(indexOf(someFacts({ ...other, description: '' })))).toEqual([]);
});

test('a draft without a class is compared by place and words', () => {
  const draft = { classKey: null, className: null };
  expect(candidatesOf(indexOf(someFacts()), draft)).toMatchObject([{ reasons: [{ kind: 'distance' }, {}, {}] }]);
  expect(candidatesOf(indexOf(someFacts()), { ...draft, description: '路灯不亮' })).toEqual([]);
});

test('the same reporter adds to the score; nobody in particular is no reporter', () => {
  const facts = someFacts({ lat: north(40), description: '有异响' });
  const scoreWith = (one: string | null, other: string | null) =>
    candidatesOf(indexOf({ ...facts, reporterId: one }), { reporterId: other })[0]?.score ?? 0;
  expect(scoreWith('c-1', 'c-1') - scoreWith('c-1', 'c-2')).toBeCloseTo(0.05);
  expect(scoreWith(null, null)).toBe(scoreWith('c-1', 'c-2'));
});

test('what was closed before came again: weaker; closed for 90 days it is gone; its own number never comes', () => {
  const reportedAt = plus(morning, -2 * HOUR_MS);
  const open = candidatesOf(indexOf(someFacts({ reportedAt })))[0]?.score ?? 0;
  const closed = candidatesOf(indexOf(someFacts({ reportedAt, closedAt: plus(morning, -HOUR_MS) })))[0]?.score ?? 0;
  expect(open - closed).toBeGreaterThan(0.05);
  const index = indexOf(someFacts({ reportedAt, closedAt: plus(morning, -HOUR_MS) }));
  expect(index.candidates(aDraft(), policy, plus(morning, 90 * DAY_MS), 10)).toEqual([]);
  expect(candidatesOf(indexOf(someFacts()), { id: someFacts().id })).toEqual([]);
});

test('without a point: the same grid with similar words, or the same address', () => {
  const placeless = { lon: null, lat: null };
  const index = indexOf(someFacts({ ...placeless, address: '' }));
  expect(candidatesOf(index)).toMatchObject([{ reasons: [{ kind: 'same_class' }, { kind: 'same_grid' }, {}, {}] }]);
  expect(candidatesOf(index, { description: '路灯不亮' })).toEqual([]);
  expect(candidatesOf(index, { gridCode: '110113001001002' })).toEqual([]);
  const addressed = indexOf(someFacts(placeless));
  expect(candidatesOf(addressed, { ...placeless, description: '有异响' })).toMatchObject([
    { isStrong: true, reasons: [{}, { kind: 'same_grid' }, { kind: 'address', share: 1 }, {}] },
  ]);
  expect(candidatesOf(indexOf(someFacts()), placeless)).toHaveLength(1);
});

test('without point and grid: similar words alone, found by the rare ones', () => {
  const nowhere = { lon: null, lat: null, gridCode: null, address: '' };
  const index = indexOf(someFacts({ ...nowhere, description: '幸福路小学门口雨水井盖破损丢失' }));
  expect(candidatesOf(index, { description: '幸福路小学门前的雨水井盖丢失了' })).toMatchObject([
    { reasons: [{ kind: 'same_class' }, { kind: 'time' }, { kind: 'text' }] },
  ]);
  expect(candidatesOf(index, { ...nowhere, description: '雨水井盖有异响' })).toEqual([]);
});

test('San Francisco: the same car by its plate, and not another car at the same corner', () => {
  const car = { classKey: 'sf/other/Abandoned Vehicle', className: 'Abandoned Vehicle', lon: -122.4219, lat: 37.7649 };
  const index = indexOf(
    someFacts({ ...car, id: 'same', description: 'silver - Toyota  - Camery - 6YPP645' }),
    someFacts({ ...car, id: 'other', description: 'GREEN - GMC - N/A - 4K69353', lat: 37.7655 }),
  );
  const found = candidatesOf(index, { ...car, description: 'Silver Toyota Camry 6YPP645' });
  expect(found.map(({ id, isStrong }) => [id, isStrong])).toEqual([
    ['same', true],
    ['other', false],
  ]);
});

test('what changes is found as it is now, what is removed is not found', () => {
  const index = indexOf(someFacts());
  index.put(someFacts({ classKey: 'other', className: '暴露垃圾', description: '垃圾成堆' }));
  expect(candidatesOf(index)).toEqual([]);
  index.put(someFacts({ lat: north(5_000) }));
  expect([candidatesOf(index), candidatesOf(index, { lat: north(5_000) }).length]).toEqual([[], 1]);
  index.remove(someFacts().id);
  index.remove('never there');
  expect([index.size, candidatesOf(index, { lat: north(5_000) })]).toEqual([0, []]);
});

test('a search gives the best of what a comparison with every single one gives, in any order of coming', () => {
  const city = new CityOfFacts(7, morning);
  const facts = Array.from({ length: 800 }, (_, serial) => city.facts(serial));
  const index = indexOf(...facts);
  const shuffled = indexOf(...[...facts].sort((a, b) => (a.description + a.id < b.description + b.id ? 1 : -1)));
  for (const own of facts.slice(0, 200)) shuffled.remove(own.id);
  for (const own of facts.slice(0, 200)) shuffled.put(own);
  const singles = facts.map((own) => indexOf(own));
  for (let round = 0; round < 15; round += 1) {
    const draft = city.draft();
    const found = index.candidates(draft, policy, morning, 5);
    const single = singles
      .flatMap((one) => one.candidates(draft, policy, morning, 1))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    const isPlaced = draft.lon !== null;
    if (isPlaced) expect(found.map(({ score }) => score)).toEqual(single.slice(0, 5).map(({ score }) => score));
    expect(shuffled.candidates(draft, policy, morning, 5)).toEqual(found);
  }
});

test('a search among a crowded city compares the words of few', () => {
  const city = new CityOfFacts(3, morning);
  const index = indexOf(...Array.from({ length: 10_000 }, (_, serial) => city.facts(serial)));
  const work = Array.from({ length: 200 }, () => index.search(city.draft(), policy, morning, 10).work);
  const looked = work.map((one) => one.looked).sort((a, b) => a - b);
  const compared = work.map((one) => one.compared).sort((a, b) => a - b);
  expect(looked[190]).toBeLessThan(1_000);
  expect(compared[190]).toBeLessThan(400);
});

test('history at a spot: newest first, since a moment or still open, with exact distances', () => {
  const facts = [
    someFacts({ id: 'new', lat: north(20), reportedAt: plus(morning, -HOUR_MS) }),
    someFacts({ id: 'old', reportedAt: plus(morning, -100 * DAY_MS), closedAt: plus(morning, -80 * DAY_MS) }),
    someFacts({ id: 'old-open', reportedAt: plus(morning, -200 * DAY_MS), classKey: 'other' }),
    someFacts({ id: 'closed', reportedAt: plus(morning, -10 * DAY_MS), closedAt: plus(morning, -9 * DAY_MS) }),
    someFacts({ id: 'far', lat: north(51) }),
  ];
  const { classKey, lon, lat } = aDraft();
  const spot = { lon: lon ?? 0, lat: lat ?? 0, classKey: classKey ?? '' };
  const rows = indexOf(...facts).historyAt(spot, { radiusMetres: 50, since: plus(morning, -90 * DAY_MS) });
  expect(rows.map(({ id, sameClass }) => [id, sameClass])).toEqual([
    ['new', true],
    ['closed', true],
    ['old-open', false],
  ]);
  expect(rows[0]?.metres).toBeCloseTo(distanceMetres(spot, { lon: 116.65, lat: north(20) }), 2);
});

test('no point is lost between cells: history finds what measuring every point finds', () => {
  for (const [lon, lat] of [
    [116.65, 40.13],
    [-122.42, 37.77],
    [-0.0001, 0.0001],
    [25, 69.5],
  ] as const) {
    const random = new Random(11);
    const facts = Array.from({ length: 400 }, (_, serial) =>
      someFacts({
        id: String(serial),
        lon: lon + (random.next() - 0.5) * 0.01,
        lat: lat + (random.next() - 0.5) * 0.006,
        reportedAt: instant(morning - random.integer(0, 1_000) * MINUTE_MS),
      }),
    );
    const index = indexOf(...facts);
    for (const radiusMetres of [30, 50, 130, 250]) {
      const near = facts.filter(
        (own) => distanceMetres({ lon, lat }, { lon: own.lon ?? 0, lat: own.lat ?? 0 }) <= radiusMetres,
      );
      const rows = index.historyAt({ lon, lat }, { radiusMetres, since: plus(morning, -DAY_MS) });
      expect(rows.map(({ id }) => id).sort()).toEqual(near.map(({ id }) => id).sort());
    }
  }
});
