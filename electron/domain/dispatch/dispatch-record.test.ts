import { expect, test } from 'vitest';
import { World, aCaseAfter } from '#tests/builders/world.ts';
import { DAY_MS, plus } from '#domain/base/instant.ts';
import { classKeyOf } from '#domain/same-cause/facts.ts';
import { DispatchRecord } from './dispatch-record.ts';

const areas = ['9', '91', '911', '9111'];

/** A closed case and the record that heard of every change of it, as the host tells. */
function heard(world: World, record = new DispatchRecord()): DispatchRecord {
  const finished = world.state();
  record.note(finished, areas);
  return record;
}

function closed(): World {
  return aCaseAfter('close');
}

test('首派准确率: a first dispatch that was not returned is right; one that was is not', () => {
  const world = closed();
  const classKey = classKeyOf(world.state().classRef);
  const unit = world.state().chain.find((hop) => hop.unit !== null)?.unit ?? '';
  expect(heard(world).accuracy(classKey, unit, world.now)).toEqual({ right: 1, all: 1 });

  const returned = aCaseAfter('dispatch');
  const first = returned.state().holder?.unit ?? '';
  returned.all(
    { type: 'return', reasonCode: 'R01', reason: '不属于本单位' },
    { type: 'dispatch', unit: '921' },
    { type: 'accept', handlerId: 'handler-9' },
    { type: 'handle', result: '已修复' },
    { type: 'feed_back' },
    { type: 'close', condition: '已修复' },
  );
  const record = heard(returned);
  expect(record.accuracy(classKey, first, returned.now)).toEqual({ right: 0, all: 1 });
  expect(record.accuracy(classKey, '921', returned.now)).toEqual({ right: 0, all: 0 });
  expect(record.handledIn(classKey, '91', returned.now)).toEqual({ units: [{ unit: '921', count: 1 }], all: 1 });
});

test('a case counts once: an appeal after its end, a merge and a reversal add nothing', () => {
  const world = aCaseAfter('handle');
  world.wait(180).all({ type: 'feed_back' }, { type: 'close', condition: '已修复' });
  const record = heard(world);
  const classKey = classKeyOf(world.state().classRef);
  const unit = world.state().chain.find((hop) => hop.unit !== null)?.unit ?? '';
  world.all({ type: 'appeal', kind: 'overdue', reason: '暴雨' });
  heard(world, record);
  expect(record.accuracy(classKey, unit, world.now)).toEqual({ right: 1, all: 1 });

  const merging = aCaseAfter('dispatch');
  const other = merging.id;
  merging.begin();
  merging.all({ type: 'merge', ids: [other], reason: '同一处' });
  const merged = new DispatchRecord();
  merged.note(merging.state(other), areas);
  expect(merged.accuracy(classKey, unit, merging.now)).toEqual({ right: 0, all: 0 });
});

test('a unit that gave it on to a wrong village was right itself: only what comes back to the desk counts', () => {
  const world = aCaseAfter('sub_dispatch');
  world.all(
    { type: 'return', reasonCode: 'R01', reason: '不属于本村' },
    { type: 'accept', handlerId: 'handler-9' },
    { type: 'handle', result: '已修复' },
    { type: 'feed_back' },
    { type: 'close', condition: '已修复' },
  );
  const classKey = classKeyOf(world.state().classRef);
  expect(heard(world).accuracy(classKey, '91', world.now)).toEqual({ right: 1, all: 1 });
});

test('only the last twelve months count', () => {
  const world = closed();
  const record = heard(world);
  const classKey = classKeyOf(world.state().classRef);
  expect(record.handledIn(classKey, '91', plus(world.now, 300 * DAY_MS)).all).toBe(1);
  expect(record.handledIn(classKey, '91', plus(world.now, 400 * DAY_MS)).all).toBe(0);
});

test('open cases are passed over', () => {
  const world = aCaseAfter('handle');
  const record = heard(world);
  expect(record.handledIn(classKeyOf(world.state().classRef), '91', world.now)).toEqual({ units: [], all: 0 });
});
