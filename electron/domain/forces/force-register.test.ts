import { describe, expect, test } from 'vitest';
import { instant } from '#domain/base/instant.ts';
import { ageOf, type ForceReport } from './force.ts';
import { ForceRegister } from './force-register.ts';

const start = instant(Date.parse('2026-11-30T02:00:00Z'));
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

function report(change: Partial<ForceReport> = {}): ForceReport {
  const base = { id: 'g-1', kind: 'grid_staff', unit: '110113106', lon: 116.65, lat: 40.13, at: start, isDemo: false };
  return { ...base, ...change } as ForceReport;
}

function later(ms: number) {
  return instant(start + ms);
}

describe('last known positions', () => {
  test('the latest time wins, whatever the order of arrival', () => {
    const register = new ForceRegister();
    expect(register.report(report({ at: later(30 * second), lon: 116.66 }), later(31 * second))).toBe('taken');
    expect(register.report(report({ at: start, lon: 116.6 }), later(32 * second))).toBe('older');
    expect(register.all()).toMatchObject([{ slot: 0, lon: 116.66, at: later(30 * second), marks: [] }]);
  });

  test('forty late reports move the dot once, and are all in the track', () => {
    const register = new ForceRegister();
    for (let index = 0; index < 40; index += 1) {
      const at = later(index * 30 * second);
      register.report(report({ at, lon: 116.65 + index / 1e5 }), later(20 * minute));
    }
    expect(register.takeChanges()?.moved).toMatchObject([{ lon: 116.65 + 39 / 1e5 }]);
    expect(register.takeChanges()).toBeNull();
    expect(register.track('g-1', later(20 * minute))).toHaveLength(40);
  });

  test('a clock that is ahead is held at the arrival, and marked past two minutes; once set right it counts again', () => {
    const register = new ForceRegister();
    register.report(report({ at: later(90 * second) }), start);
    expect(register.all()).toMatchObject([{ at: start, marks: [] }]);
    register.report(report({ at: later(24 * hour) }), later(minute));
    expect(register.all()).toMatchObject([{ at: later(minute), marks: ['clock'] }]);
    expect(register.report(report({ at: later(2 * minute) }), later(2 * minute))).toBe('taken');
    expect(register.all()).toMatchObject([{ at: later(2 * minute), marks: [] }]);
  });

  test('a jump is kept and marked; a fast car is none, nor a long way after a long silence', () => {
    const register = new ForceRegister();
    register.report(report(), start);
    register.report(report({ at: later(30 * second), lon: 116.68 }), later(30 * second));
    expect(register.all()).toMatchObject([{ lon: 116.68, marks: ['jump'] }]);
    register.report(report({ id: 'v-1', kind: 'vehicle' }), start);
    register.report(report({ id: 'v-1', kind: 'vehicle', at: later(30 * second), lon: 116.661 }), later(30 * second));
    register.report(report({ id: 'g-2' }), start);
    register.report(report({ id: 'g-2', at: later(20 * minute), lon: 116.68 }), later(20 * minute));
    expect(register.all().map(({ marks }) => marks)).toEqual([['jump'], [], []]);
  });

  test('what was taken more than an hour ago is refused', () => {
    const register = new ForceRegister();
    expect(register.report(report(), later(hour + 1))).toBe('too_late');
    expect(register.size).toBe(0);
  });

  test('nobody new fits a full register, and who is known goes on', () => {
    const register = new ForceRegister(2);
    expect([1, 2, 3].map((n) => register.report(report({ id: `g-${n}` }), start))).toEqual(['taken', 'taken', 'full']);
    expect(register.report(report({ id: 'g-1', at: later(second) }), later(second))).toBe('taken');
  });

  test('a number stands for one kind, and demo data never for real ones', () => {
    const register = new ForceRegister();
    register.report(report(), start);
    expect(register.report(report({ kind: 'vehicle' }), start)).toBe('other_kind');
    expect(register.report(report({ isDemo: true }), start)).toBe('other_kind');
  });

  test('tracks end after an hour, and after twelve the person is gone, with a slot that nobody else gets', () => {
    const register = new ForceRegister();
    register.report(report(), start);
    register.report(report({ at: later(minute) }), later(minute));
    register.takeChanges();
    expect(register.track('g-1', later(hour + second))).toHaveLength(1);
    register.forget(later(2 * hour));
    expect(register.track('g-1', later(2 * hour))).toEqual([]);
    expect(register.size).toBe(1);
    register.forget(later(13 * hour));
    expect(register.takeChanges()).toEqual({ moved: [], gone: [0] });
    expect(register.track('g-1', later(13 * hour))).toBeUndefined();
    register.report(report({ id: 'g-2', at: later(13 * hour) }), later(13 * hour));
    expect(register.all()).toMatchObject([{ slot: 1 }]);
  });

  test('a track keeps its order and its last points when there are more than fit', () => {
    const register = new ForceRegister();
    for (let index = 0; index < 500; index += 1) {
      register.report(report({ at: later(index * second), lat: 40 + index / 1e4 }), later(index * second));
    }
    const track = register.track('g-1', later(500 * second)) ?? [];
    expect(track).toHaveLength(240);
    expect(track.at(0)).toEqual({ at: later(260 * second), lon: 116.65, lat: 40.026 });
    expect(track.at(-1)).toEqual({ at: later(499 * second), lon: 116.65, lat: 40.0499 });
  });
});

test('a position is fresh, old or silent by its age', () => {
  const limits = { oldMs: 5 * minute, silentMs: 30 * minute };
  const ages = [0, 5 * minute, 5 * minute + 1, 30 * minute, 30 * minute + 1];
  expect(ages.map((age) => ageOf(start, start + age, limits))).toEqual(['fresh', 'fresh', 'old', 'old', 'silent']);
});
