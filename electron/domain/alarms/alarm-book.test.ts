import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, MINUTE_MS, plus, SECOND_MS, type Instant } from '#domain/base/instant.ts';
import { isWaiting, standingOf, type Alarm, type Reading } from './alarm.ts';
import { AlarmBook } from './alarm-book.ts';
import { groupsOf } from './alarm-groups.ts';

const start = instant(1_796_000_000_000);
const at = (seconds: number) => plus(start, seconds * SECOND_MS);

function aReading(subject: string, change: Partial<Reading> = {}): Reading {
  return {
    ...{ key: `overdue ${subject}`, typeId: 'overdue', condition: 'overdue', priority: 2, isShelvable: true },
    ...{ offDelayMs: 0, place: { area: '91', grid: `91${subject}` } },
    about: { kind: 'case', caseId: subject, className: '井盖' },
    ...change,
  };
}

const only = (book: AlarmBook): Alarm => {
  const standing = book.standing();
  expect(standing).toHaveLength(1);
  return standing[0]!;
};
const by = 'desk-1';

describe('one alarm', () => {
  test('new, acknowledged, in hand, cleared; acknowledging never removes what still stands', () => {
    const book = new AlarmBook();
    book.raise(aReading('1'), at(0));
    const { id } = only(book);
    expect(book.act(id, { type: 'acknowledge', by, at: at(1) })).toMatchObject({ ok: true });
    expect(standingOf(only(book))).toBe('acknowledged');
    expect(book.act(id, { type: 'acknowledge', by, at: at(2) })).toEqual({ ok: false, error: 'alarm_state' });
    expect(book.act(id, { type: 'take_in_hand', by, at: at(2) })).toMatchObject({ ok: true });
    expect(only(book)).toMatchObject({ state: 'in_hand', inHand: { by, at: at(2) }, acknowledged: { by, at: at(1) } });
    book.end('overdue 1', at(3));
    expect(book.standing()).toEqual([]);
    expect(book.takeChanges()).toEqual({ changed: [], gone: [id] });
    expect(book.act(id, { type: 'acknowledge', by, at: at(4) })).toEqual({ ok: false, error: 'not_found' });
  });

  test('what returned to normal before anybody saw it stays until it is acknowledged', () => {
    const book = new AlarmBook();
    book.raise(aReading('1'), at(0));
    book.end('overdue 1', at(1));
    expect(standingOf(only(book))).toBe('returned');
    expect(book.tryAct(only(book).id, { type: 'take_in_hand', by, at: at(2) }).ok).toBe(false);
    book.act(only(book).id, { type: 'acknowledge', by, at: at(2) });
    expect(book.standing()).toEqual([]);
  });

  test('a shelf needs its type’s leave, comes to its end by itself, and outlasts the condition', () => {
    const book = new AlarmBook();
    book.raise(aReading('1'), at(0));
    book.raise(aReading('2', { typeId: 'urgent', priority: 1, isShelvable: false }), at(0));
    const [first, second] = book.standing();
    const shelve = { type: 'shelve', by, at: at(1), reason: '供货中', until: at(600) } as const;
    expect(book.act(second!.id, shelve)).toEqual({ ok: false, error: 'alarm_not_shelvable' });
    expect(book.act(first!.id, { ...shelve, until: at(1) })).toEqual({ ok: false, error: 'alarm_state' });
    book.act(first!.id, { type: 'acknowledge', by, at: at(1) });
    book.act(first!.id, shelve);
    expect(book.get(first!.id)).toMatchObject({ shelf: { by, reason: '供货中', until: at(600) } });
    expect(isWaiting(book.get(first!.id)!)).toBe(false);
    book.end('overdue 1', at(100));
    book.raise(aReading('1'), at(200));
    expect(standingOf(book.get(first!.id)!)).toBe('shelved');
    book.look(at(599));
    expect(standingOf(book.get(first!.id)!)).toBe('shelved');
    expect(book.nextAt()).toBe(at(600));
    book.look(at(600));
    expect(book.get(first!.id)).toMatchObject({ state: 'new', shelf: null, acknowledged: null, count: 2 });

    book.act(first!.id, { ...shelve, at: at(601), until: at(700) });
    book.end('overdue 1', at(650));
    book.look(at(700));
    expect(book.get(first!.id)).toBeUndefined();
  });

  test('an off-delay holds it: a condition that comes back within it never ended', () => {
    const book = new AlarmBook();
    const reading = aReading('1', { offDelayMs: 30 * SECOND_MS });
    book.raise(reading, at(0));
    book.end(reading.key, at(10));
    expect(book.nextAt()).toBe(at(40));
    book.raise(reading, at(20));
    book.look(at(60));
    expect(only(book)).toMatchObject({ count: 1, endedAt: null });
    book.end(reading.key, at(70));
    book.look(at(99));
    expect(standingOf(only(book))).toBe('new');
    book.look(at(100));
    expect(standingOf(only(book))).toBe('returned');
  });

  test('another type of the same condition is another alarm', () => {
    const book = new AlarmBook();
    book.raise(aReading('1', { typeId: 'orange', priority: 3 }), at(0));
    book.raise(aReading('1', { typeId: 'red', priority: 2 }), at(1));
    expect(book.standing().map((alarm) => [alarm.typeId, standingOf(alarm)])).toEqual([
      ['orange', 'returned'],
      ['red', 'new'],
    ]);
    expect(book.typeOf('overdue 1')).toBe('red');
  });
});

describe('chatter (A4)', () => {
  const grid = { place: { area: '91', grid: '9111' } };

  test('the third of one type at one place within a minute makes one row with a counter of them all', () => {
    const book = new AlarmBook();
    book.raise(aReading('1', grid), at(0));
    book.raise(aReading('2', grid), at(20));
    expect(book.standing()).toHaveLength(2);
    book.act(book.standing()[0]!.id, { type: 'acknowledge', by, at: at(21) });
    book.raise(aReading('3', grid), at(40));
    expect(only(book)).toMatchObject({ count: 3, state: 'new', active: ['overdue 1', 'overdue 2', 'overdue 3'] });
    for (const subject of ['1', '2', '3']) book.end(`overdue ${subject}`, at(50));
    expect(only(book)).toMatchObject({ active: [], endedAt: at(50) });
  });

  test('slower ones, other places and other types are rows of their own', () => {
    const book = new AlarmBook();
    book.raise(aReading('1', grid), at(0));
    book.raise(aReading('2', grid), at(31));
    book.raise(aReading('3', grid), at(62));
    book.raise(aReading('4'), at(63));
    book.raise(aReading('5', { ...grid, typeId: 'late' }), at(64));
    expect(book.standing()).toHaveLength(5);
  });

  test('one subject that comes and goes counts on its row', () => {
    const book = new AlarmBook();
    for (let count = 0; count < 5; count += 1) {
      book.raise(aReading('1'), at(count * 10));
      book.end('overdue 1', at(count * 10 + 5));
    }
    expect(only(book)).toMatchObject({ count: 5 });
  });
});

describe('rate and flood (A2)', () => {
  const far = (index: number) => aReading(`far-${index}`, { place: { area: `area-${index}`, grid: null } });

  test('a bin counts new groups, not alarms; ten within ten minutes are a flood, over below five', () => {
    const book = new AlarmBook();
    for (let count = 0; count < 40; count += 1) book.raise(aReading(String(count)), at(count));
    expect(book.rate.recent()).toBe(1);
    for (let count = 0; count < 8; count += 1) book.raise(far(count), at(60 + count * 30));
    expect(book.rate.floodSince()).toBeNull();
    book.raise(far(8), at(300));
    expect(book.rate.floodSince()).toBe(at(300));
    expect(book.rate.bins().reduce((sum, { groups }) => sum + groups, 0)).toBe(10);
    book.look(at(60 + 4 * 30 - 1 + 600));
    expect(book.rate.floodSince()).toBe(at(300));
    book.look(at(60 + 4 * 30 + 600));
    expect([book.rate.recent(), book.rate.floodSince()]).toEqual([4, null]);
    book.look(at(2_000));
    expect([book.rate.isDense(), book.rate.recent(), book.rate.nextAt()]).toEqual([false, 0, null]);
  });

  test('from five on areas are drawn together by cause', () => {
    const book = new AlarmBook();
    for (let count = 0; count < 4; count += 1) book.raise(far(count), at(count));
    expect(groupsOf(book.standing(), book.rate.isDense())).toHaveLength(4);
    book.raise(far(5), at(5));
    expect(groupsOf(book.standing(), book.rate.isDense())).toMatchObject([
      { typeId: 'overdue', area: null, waiting: 5 },
    ]);
  });
});

test('groups stand by level, then what waits, then age', () => {
  const book = new AlarmBook();
  const give = (subject: string, priority: 1 | 2 | 3, area: string) =>
    book.raise(
      aReading(subject, { typeId: `type-${priority}`, priority, place: { area, grid: null } }),
      at(Number(subject)),
    );
  give('1', 3, 'A');
  give('2', 2, 'A');
  give('3', 2, 'B');
  give('4', 1, 'A');
  book.act(2, { type: 'acknowledge', by, at: at(9) });
  expect(groupsOf(book.standing(), false).map(({ alarms }) => alarms[0]!.id)).toEqual([4, 3, 2, 1]);
});

/** What a person would write down on paper, subject by subject. */
interface Expected {
  isOn: boolean;
  state: 'new' | 'acknowledged' | 'in_hand';
  until: Instant | null;
}

test('a model: whatever happens in whatever order, each subject stands as its own history says', () => {
  const step = fc.record({
    what: fc.constantFrom('raise', 'end', 'acknowledge', 'take_in_hand', 'shelve', 'unshelve', 'wait'),
    subject: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let book = new AlarmBook();
      const paper = new Map<number, Expected>();
      let now = start;
      for (const { what, subject } of steps) {
        // Slower than chatter, so that every subject has its own row.
        now = plus(now, 61 * SECOND_MS);
        const key = `overdue ${subject}`;
        book.look(now);
        for (const [one, found] of paper) {
          if (found.until === null || found.until > now) continue;
          if (found.isOn) paper.set(one, { isOn: true, state: 'new', until: null });
          else paper.delete(one);
        }
        const found = paper.get(subject);
        const id =
          book.standing().find(({ about }) => about.kind === 'case' && about.caseId === String(subject))?.id ?? 0;
        if (what === 'wait') now = plus(now, 10 * MINUTE_MS);
        else if (what === 'raise') {
          book.raise(aReading(String(subject)), now);
          if (found === undefined) paper.set(subject, { isOn: true, state: 'new', until: null });
          else found.isOn = true;
        } else if (what === 'end') {
          book.end(key, now);
          if (found !== undefined) found.isOn = false;
        } else if (what === 'shelve') {
          const until = plus(now, 5 * MINUTE_MS);
          const outcome = book.act(id, { type: 'shelve', by, at: now, reason: '供货', until });
          expect(outcome.ok).toBe(found !== undefined && found.until === null);
          if (outcome.ok && found !== undefined) found.until = until;
        } else {
          const outcome = book.act(id, { type: what, by, at: now });
          const fits = {
            acknowledge: found?.state === 'new' && found.until === null,
            take_in_hand: found !== undefined && found.state !== 'in_hand' && found.until === null && found.isOn,
            unshelve: found !== undefined && found.until !== null,
          }[what];
          expect(outcome.ok).toBe(fits);
          if (!fits || found === undefined) continue;
          if (what === 'unshelve')
            paper.set(subject, { isOn: found.isOn, state: found.isOn ? 'new' : 'in_hand', until: null });
          else found.state = what === 'acknowledge' ? 'acknowledged' : 'in_hand';
        }
        const after = paper.get(subject);
        if (after !== undefined && !after.isOn && after.state !== 'new' && after.until === null) paper.delete(subject);
        const stood = book.standing().map((alarm) => ({
          subject: alarm.about.kind === 'case' ? Number(alarm.about.caseId) : 0,
          ...{ isOn: alarm.active.length > 0, state: alarm.state, until: alarm.shelf?.until ?? null },
        }));
        expect(new Map(stood.map(({ subject: one, ...rest }) => [one, rest]))).toEqual(paper);
        // What is kept and read again is the same.
        const again = new AlarmBook();
        again.restore(JSON.parse(JSON.stringify(book.picture())) as ReturnType<AlarmBook['picture']>);
        expect(again.picture()).toEqual(book.picture());
        book = again;
      }
    }),
  );
});
