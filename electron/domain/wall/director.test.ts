import { describe, expect, test } from 'vitest';
import {
  advanced,
  paused,
  RETURNS_AFTER_MS,
  shownOn,
  type WallInterrupt,
  type WallPlan,
  type WallState,
} from './director.ts';

const start = Date.parse('2026-11-24T10:00:00+08:00');
const minute = 60_000;
const plan: WallPlan = {
  scenes: [{ kind: 'watch' }, { kind: 'review' }, { kind: 'topic', classCode: '0101', area: null }],
  dwellMs: 2 * minute,
  since: start,
  pausedAt: null,
};
const wall: WallState = { plan, night: null, displays: [], taking: null };
const left = { id: 'left', pitchMm: null, seatM: null, plan: null, push: null };
const push = { scene: { kind: 'night' }, by: 'desk-1', at: start, until: start + 5 * minute } as const;
const call: WallInterrupt = { id: 'urgent:1', caseId: '1', since: start, acknowledgedAt: null };

const kindAt = (state: WallState, id: string, now: number) => shownOn(state, id, now).scene.kind;

describe('turns', () => {
  test('each scene has its dwell time, and the first follows the last', () => {
    const kinds = [0, 119_999, 120_000, 240_000, 360_000].map((ms) => kindAt(wall, 'left', start + ms));
    expect(kinds).toEqual(['watch', 'watch', 'review', 'topic', 'watch']);
    expect(shownOn(wall, 'left', start + 130_000)).toMatchObject({
      why: 'turn',
      since: start + 120_000,
      until: start + 240_000,
    });
  });

  test('a plan of one scene ends never', () => {
    const one = { ...wall, plan: { ...plan, scenes: [{ kind: 'review' }] as const } };
    expect(shownOn(one, 'left', start + 10 * minute)).toMatchObject({ scene: { kind: 'review' }, until: null });
  });

  test('a display has its own plan, all others that of the wall', () => {
    const own = { ...plan, scenes: [{ kind: 'review' }] as const };
    const state = { ...wall, displays: [{ ...left, plan: own }] };
    expect([kindAt(state, 'left', start), kindAt(state, 'right', start)]).toEqual(['review', 'watch']);
  });

  test('paused, the scene stays; resumed, it has the rest of its turn', () => {
    const stopped = paused(plan, true, start + 150_000);
    expect(shownOn({ ...wall, plan: stopped }, 'left', start + 60 * minute)).toMatchObject({
      scene: { kind: 'review' },
      why: 'paused',
      until: null,
    });
    const resumed = paused(stopped, false, start + 60 * minute);
    const { scene, until } = shownOn({ ...wall, plan: resumed }, 'left', start + 60 * minute);
    expect([scene.kind, until]).toEqual(['review', start + 60 * minute + 90_000]);
    expect(paused(resumed, false, start)).toBe(resumed);
  });

  test('in the hours of the night the night scene takes the place of the turns', () => {
    const state = { ...wall, night: { from: 22 * 60, to: 6 * 60 } };
    const at = (time: string) => shownOn(state, 'left', Date.parse(`2026-11-24T${time}:00+08:00`));
    expect(['21:59', '22:00', '05:59', '06:00'].map((time) => at(time).why)).toEqual([
      'turn',
      'night',
      'night',
      'turn',
    ]);
  });
});

describe('pushed scenes', () => {
  const state = { ...wall, displays: [{ ...left, push }] };

  test('stand on their display alone until their time is over', () => {
    expect(shownOn(state, 'left', start)).toMatchObject({ why: 'push', by: 'desk-1', until: push.until });
    expect(kindAt(state, 'right', start)).toBe('watch');
    expect(shownOn(state, 'left', push.until).why).toBe('turn');
  });

  test('are forgotten when they have ended, and nothing changes before', () => {
    expect(advanced(state, [], ['left'], push.until - 1)).toBe(state);
    expect(advanced(state, [], ['left'], push.until).displays[0]?.push).toBeNull();
  });
});

describe('interrupts', () => {
  test('take one display, name what they replaced, and come back a minute after they were acknowledged', () => {
    const taken = advanced(wall, [call], ['right', 'left'], start + 1);
    expect(shownOn(taken, 'left', start + 1)).toMatchObject({
      scene: { kind: 'incident', caseId: '1' },
      why: 'interrupt',
      replaced: { kind: 'watch' },
      until: null,
    });
    expect(kindAt(taken, 'right', start + 1)).toBe('watch');
    const acknowledgedAt = start + minute;
    const seen = advanced(taken, [{ ...call, acknowledgedAt }], ['right', 'left'], acknowledgedAt);
    expect(shownOn(seen, 'left', acknowledgedAt).until).toBe(acknowledgedAt + RETURNS_AFTER_MS);
    const over = [{ ...call, acknowledgedAt }];
    const end = acknowledgedAt + RETURNS_AFTER_MS;
    expect(kindAt(advanced(seen, over, ['left'], end - 1), 'left', end - 1)).toBe('incident');
    expect(advanced(seen, over, ['left'], end).taking).toBeNull();
  });

  test('leave a pushed scene alone while there is another display', () => {
    const state = { ...wall, displays: [{ ...left, push }] };
    expect(advanced(state, [call], ['left', 'right'], start).taking?.display).toBe('right');
    expect(advanced(state, [call], ['left'], start).taking?.display).toBe('left');
  });

  test('take no second display, and the one that waited longest comes first', () => {
    const later = { ...call, id: 'urgent:2', caseId: '2', since: start + 5 };
    const taken = advanced(wall, [later, call], ['left', 'right'], start + 9);
    expect(taken.taking).toMatchObject({ interrupt: 'urgent:1', display: 'left' });
    expect(advanced(taken, [later, call], ['left', 'right'], start + 10)).toBe(taken);
    const acknowledged = { ...call, acknowledgedAt: start + 10 };
    const next = advanced(taken, [later, acknowledged], ['left', 'right'], start + 10 + RETURNS_AFTER_MS);
    expect(next.taking).toMatchObject({ interrupt: 'urgent:2' });
  });

  test('move on when their display went away, and go by themselves a minute after they ended', () => {
    const taken = advanced(wall, [call], ['left', 'right'], start);
    expect(advanced(taken, [call], ['right'], start + 1).taking?.display).toBe('right');
    const ended = advanced(taken, [], ['left'], start + 2);
    expect(ended.taking?.endsAt).toBe(start + 2 + RETURNS_AFTER_MS);
    expect(advanced(ended, [], ['left'], start + 2 + RETURNS_AFTER_MS).taking).toBeNull();
  });

  test('without a display nothing is taken', () => {
    expect(advanced(wall, [call], [], start)).toBe(wall);
  });
});
