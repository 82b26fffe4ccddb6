import { describe, expect, test } from 'vitest';
import { anActor, aReport, desk } from '#tests/builders/cases.ts';
import { aTicket, World } from '#tests/builders/world.ts';
import { evolve } from './evolve.ts';
import type { CaseState } from './state.ts';

const reporter = { ref: 'person-1', isConfidential: true };

function aWorld(body = aReport({ reporter })): World {
  const world = new World();
  world.begin(body);
  return world;
}

describe('who reported', () => {
  test.each([
    ['a case', aReport({ reporter })],
    ['a ticket', aTicket({ reporter })],
  ])('%s names the record of the side store in an event beside its first one', (_, body) => {
    const world = aWorld();
    world.begin(body);
    const events = world.events.filter(({ caseId }) => caseId === world.id);
    expect(events.map(({ type, version }) => [type, version])).toEqual([
      [body.type === 'report' ? 'case.reported.v2' : 'ticket.received.v1', 1],
      ['case.reporter_recorded.v1', 2],
    ]);
    expect(world.state(world.id).side.reporter).toEqual({ ...reporter, erasedAt: null });
    expect(world.state(world.id).lastAction).toBe(body.type);
  });

  test('a report without one has one event and no reporter', () => {
    const world = new World();
    world.begin(aReport());
    expect(world.events).toHaveLength(1);
    expect(world.state(world.id).side.reporter).toBeNull();
  });

  test('a reveal and an erasure need a reason, are recorded, and change nothing else of the case', () => {
    const world = aWorld();
    expect(world.code({ type: 'reveal_reporter', reason: ' ' })).toBe('reason_missing');
    expect(world.code({ type: 'erase_reporter', reason: '' })).toBe('reason_missing');
    const before = world.state(world.id);
    world.all({ type: 'reveal_reporter', reason: '回访' }, { type: 'erase_reporter', reason: '本人要求' });
    const after = world.state(world.id);
    expect(world.events.slice(-2).map(({ type, by }) => [type, by.id])).toEqual([
      ['case.reporter_revealed.v1', desk.id],
      ['case.reporter_erased.v1', desk.id],
    ]);
    expect(after).toEqual({
      ...before,
      version: before.version + 2,
      lastAction: 'erase_reporter',
      side: { ...before.side, reporter: { ...reporter, erasedAt: world.now } },
    });
  });

  test('any post of the centre sees an open caller, 值班长 and 热线专班 alone a confidential one; the unit sees neither', () => {
    const seenBy = (isConfidential: boolean) =>
      (['SHIFT_LEADER', 'LEADER', 'DISPATCHER', 'HOTLINE_DESK', 'ACCEPTOR', 'DEPT', 'HANDLER'] as const).filter(
        (role) =>
          aWorld(aReport({ reporter: { ref: 'person-1', isConfidential } })).code(
            { type: 'reveal_reporter', reason: '回访' },
            anActor(role, role === 'DEPT' || role === 'HANDLER' ? '911' : null),
          ) === null,
      );
    expect(seenBy(false)).toEqual(['SHIFT_LEADER', 'LEADER', 'DISPATCHER', 'HOTLINE_DESK', 'ACCEPTOR']);
    expect(seenBy(true)).toEqual(['SHIFT_LEADER', 'HOTLINE_DESK']);
  });

  test('what was erased while a report was merged, or since a dispatch, stays erased when that is undone', () => {
    const world = aWorld();
    const merged = world.id;
    world.begin(aReport());
    world.all({ type: 'merge', ids: [merged], reason: '重复' });
    expect(world.code({ type: 'erase_reporter', reason: '本人要求' }, desk, merged)).toBeNull();
    world.all({ type: 'unmerge', id: merged, reason: '并错' });
    expect(world.state(merged).side.reporter?.erasedAt).not.toBeNull();

    const recalled = aWorld();
    recalled.all({ type: 'register', condition: '属实' });
    recalled.do({ type: 'dispatch', unit: '91' });
    recalled.do({ type: 'erase_reporter', reason: '本人要求' });
    recalled.do({ type: 'recall' });
    expect(recalled.state(recalled.id).side.reporter?.erasedAt).not.toBeNull();
  });

  test('an ended case still answers', () => {
    const world = aWorld();
    world.all({ type: 'void', reason: '重复' }, { type: 'reveal_reporter', reason: '回访' });
    expect(world.code({ type: 'erase_reporter', reason: '到期' })).toBeNull();
  });

  test('the events fold to the same state again', () => {
    const world = aWorld();
    world.all({ type: 'reveal_reporter', reason: '回访' }, { type: 'erase_reporter', reason: '本人要求' });
    let folded: CaseState | undefined;
    for (const event of world.events) folded = evolve(folded, event);
    expect(folded).toEqual(world.state(world.id));
  });
});
