import { describe, expect, test } from 'vitest';
import { anActor, aReport, desk } from '#tests/builders/cases.ts';
import { aPhoto, photosNeeded } from '#tests/builders/photos.ts';
import { somePolicies, someRules } from '#tests/builders/rules.ts';
import { aCaseAfter, aTicket, World, type Act } from '#tests/builders/world.ts';
import { photoKinds, photoNeed, photoSteps, type PhotoStep } from './photos.ts';
import { caseActions } from './transitions.ts';

const collector = anActor('COLLECTOR', '911', 'collector-1');
const handler = anActor('HANDLER', '911', 'handler-1');
const rules = someRules({ policies: photosNeeded });
const own = (change = {}) => aReport({ source: 'grid_staff', reporterId: 'collector-2', ...change });

/** Rules with the guard of one step alone. */
function onlyAt(step: PhotoStep) {
  const photoNeededAt = { ...somePolicies.photoNeededAt, [step]: true };
  return someRules({ policies: { photoNeededAt } });
}

/** A case with all photos that its way needs, up to that step. */
function until(last: 'verify' | 'handle' | 'check'): World {
  const world = new World(rules);
  world.begin(aReport({ source: 'lane_steward' }));
  world.all({ type: 'request_verify', collectorId: 'collector-1' });
  if (last === 'verify') return world;
  world.all(
    { type: 'verify', result: 'exists', photos: [aPhoto('near', 3)] },
    { type: 'register', condition: '属实' },
    { type: 'dispatch', unit: '91' },
    { type: 'sub_dispatch', unit: '911' },
    { type: 'accept', handlerId: 'handler-1' },
  );
  if (last === 'handle') return world;
  const done: Act = { type: 'handle', result: '已更换', photos: [aPhoto('before', 4), aPhoto('after', 5)] };
  world.all(done, { type: 'feed_back' }, { type: 'request_check', collectorId: 'collector-1' });
  return world;
}

describe('domain.md §4.4, guard “photo”', () => {
  test('row 1 上报: a collector’s own report needs a photo, also when the desk writes it down 代录', () => {
    const world = new World(rules);
    expect(world.try(own(), collector)).toBe('photo_missing');
    expect(world.try(own({ photos: [] }), desk)).toBe('photo_missing');
    const photos = [aPhoto('far', 1), aPhoto('near', 2)];
    const state = world.begin(own({ photos }), collector);
    expect(state.side.photos).toEqual(
      photos.map((photo) => ({ ...photo, step: 'report', at: world.now, by: 'collector-1' })),
    );
  });

  test('row 1 上报: the public, 12345 and video need none, and what comes as a fact out of a file neither', () => {
    const world = new World(rules);
    for (const source of ['hotline', 'video', 'lane_steward', 'desk', 'leader', 'department'] as const) {
      expect([source, world.try(aReport({ source }))]).toEqual([source, null]);
    }
    expect(world.try(aTicket())).toBeNull();
    expect(world.try(own({ imported: { state: 'open', closedAt: null } }))).toBeNull();
    expect(world.try(own({ imported: { state: 'closed', closedAt: world.now } }))).toBeNull();
    expect(world.begin(aReport({ photos: [aPhoto()] })).side.photos).toHaveLength(1);
  });

  test.each(['exists', 'absent', 'unable'] as const)('row 3 核实: the result %s needs a photo', (result) => {
    const world = until('verify');
    const act: Act = { type: 'verify', result, opinion: '已到现场' };
    expect(world.code(act, collector)).toBe('photo_missing');
    const state = world.do({ ...act, photos: [aPhoto('reference')] }, collector);
    expect(state.side.photos).toMatchObject([{ kind: 'reference', step: 'verify', by: 'collector-1' }]);
  });

  test('row 11 处置: the result needs a photo that was taken afterwards 处置后, not just any', () => {
    const world = until('handle');
    const act: Act = { type: 'handle', result: '已更换井盖' };
    expect(world.code(act, handler)).toBe('photo_missing');
    for (const kind of photoKinds.filter((name) => name !== 'after')) {
      expect([kind, world.code({ ...act, photos: [aPhoto(kind)] }, handler)]).toEqual([kind, 'photo_missing']);
    }
    const state = world.do({ ...act, photos: [aPhoto('before'), aPhoto('after')] }, handler);
    expect(state.side.photos.map(({ step, kind }) => `${step} ${kind}`)).toEqual([
      'verify near',
      'handle before',
      'handle after',
    ]);
  });

  test('row 11 处置: after 审核退回 the result needs a photo again, and the earlier one stays', () => {
    const world = until('handle');
    const act: Act = { type: 'handle', result: '已更换', photos: [aPhoto('after', 5)] };
    world.all(act, { type: 'return', reasonCode: 'R01', reason: '照片不清' });
    expect(world.code({ type: 'handle', result: '已更换' })).toBe('photo_missing');
    const state = world.do({ ...act, photos: [aPhoto('after', 6)] });
    expect(state.side.photos.filter(({ step }) => step === 'handle')).toHaveLength(2);
  });

  test.each(['passed', 'failed', 'unable'] as const)('row 16 核查: the result %s needs a photo', (result) => {
    const world = until('check');
    const act: Act = { type: 'check', result, opinion: '已到现场' };
    expect(world.code(act, collector)).toBe('photo_missing');
    expect(world.do({ ...act, photos: [aPhoto('near', 9)] }, collector).side.photos.at(-1)).toMatchObject({
      step: 'check',
      kind: 'near',
    });
  });

  test.each(photoSteps)(
    'each guard is a policy of its own: with that of %s alone the others ask for nothing',
    (step) => {
      const policies = onlyAt(step).policiesAt(new World().now);
      expect(caseActions.filter((action) => photoNeed(action, policies) !== null)).toEqual([step]);
    },
  );

  test('with every guard off the whole way needs no photo', () => {
    expect(aCaseAfter('close').state()).toMatchObject({ state: 'closed', side: { photos: [] } });
  });

  test('words are missed before photos, so that one message follows the other', () => {
    expect(until('handle').code({ type: 'handle', result: ' ' }, handler)).toBe('result_missing');
    expect(until('check').code({ type: 'check', result: 'failed' }, collector)).toBe('opinion_missing');
  });
});
