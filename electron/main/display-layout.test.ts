import { expect, test } from 'vitest';
import { planOf, rectangleOf, usualPlan, wallPlaces, type DisplayFacts, type WallPlan } from './display-layout.ts';

/** A row of 4K displays without labels, as a dummy driver tells them. */
function row(count: number): readonly DisplayFacts[] {
  return Array.from({ length: count }, (_, index) => a4k(index, index * 3_840));
}

function a4k(id: number, x: number, label = ''): DisplayFacts {
  return { id, label, bounds: { x, y: 0, width: 3_840, height: 2_160 }, scaleFactor: 1 };
}

const desk = { x: 100, y: 100, width: 1_600, height: 1_000 };

function everywhere(present: readonly DisplayFacts[], isSpanning = false): WallPlan {
  return planOf({ chosen: present, present, desks: [], isSpanning, before: null });
}

function where(plan: WallPlan, present: readonly DisplayFacts[], desks = [desk]): Record<string, number> {
  return Object.fromEntries(wallPlaces(plan, present, desks).map(({ name, bounds }) => [name, bounds.x]));
}

test.each([
  [1, { 'wall-1': 0 }],
  [2, { 'wall-1': 3_840 }],
  [3, { 'wall-1': 3_840, 'wall-2': 7_680 }],
  [4, { 'wall-1': 3_840, 'wall-2': 7_680, 'wall-3': 11_520 }],
])('%i displays and none chosen: the wall has what the desk has not, or the only one there is', (count, expected) => {
  const present = row(count);
  expect(where(usualPlan(present, [desk]), present)).toEqual(expected);
});

test('one window per display, each of its size to the pixel', () => {
  const present = row(3);
  expect(wallPlaces(everywhere(present), present, []).map(({ bounds }) => bounds)).toEqual(
    present.map(({ bounds }) => bounds),
  );
});

test('one window over all of them only where they have one scale and make a rectangle', () => {
  const present = row(3);
  const plan = everywhere(present, true);
  const whole = { name: 'wall-1', bounds: { x: 0, y: 0, width: 11_520, height: 2_160 }, displays: [0, 1, 2] };
  expect(wallPlaces(plan, present, [])).toEqual([whole]);
  const [first, second, third] = present as [DisplayFacts, DisplayFacts, DisplayFacts];
  expect(wallPlaces(plan, [first, second, { ...third, scaleFactor: 2 }], [])).toHaveLength(3);
  expect(wallPlaces(plan, [first, third], [])).toHaveLength(2);
  expect(rectangleOf([])).toBeNull();
});

test('a display that is gone has no window, the others stay where they are; back, it has its own again under a new number', () => {
  const [left, middle, right] = row(3) as [DisplayFacts, DisplayFacts, DisplayFacts];
  const plan = usualPlan([left, middle, right], [desk]);
  expect(where(plan, [left, right])).toEqual({ 'wall-2': 7_680 });
  expect(where(plan, [left, { ...middle, id: 77 }, right])).toEqual({ 'wall-1': 3_840, 'wall-2': 7_680 });
});

test('labels tell displays apart when they come back in another order', () => {
  const before = [a4k(1, 0, 'DELL'), a4k(2, 3_840, 'LG'), a4k(3, 7_680, 'NEC')];
  const plan = usualPlan(before, [desk]);
  const after = [a4k(7, 0, 'DELL'), a4k(8, 3_840, 'NEC'), a4k(9, 7_680, 'LG')];
  expect(where(plan, after)).toEqual({ 'wall-1': 7_680, 'wall-2': 3_840 });
});

test('displays of one label are told apart by their place', () => {
  const before = [a4k(1, 0, 'LG'), a4k(2, 3_840, 'LG'), a4k(3, 7_680, 'LG')];
  const plan = usualPlan(before, [desk]);
  expect(where(plan, [a4k(9, 7_680, 'LG'), a4k(8, 3_840, 'LG'), a4k(7, 0, 'LG')])).toEqual({
    'wall-1': 3_840,
    'wall-2': 7_680,
  });
});

test('another display in the place of one that is gone is not taken for it', () => {
  const plan = usualPlan([a4k(1, 0, 'DELL'), a4k(2, 3_840, 'LG')], [desk]);
  expect(where(plan, [a4k(1, 0, 'DELL'), a4k(2, 3_840, 'private')])).toEqual({});
});

test('a display that was set to another size is still the same one', () => {
  const present = row(2);
  const plan = usualPlan(present, [desk]);
  const small = { ...a4k(5, 3_840), bounds: { x: 3_840, y: 0, width: 1_920, height: 1_080 } };
  expect(wallPlaces(plan, [a4k(0, 0), small], [desk])).toMatchObject([{ name: 'wall-1', bounds: small.bounds }]);
});

test('a desk window that was pushed on a display of the wall outranks it', () => {
  const present = row(3);
  const plan = usualPlan(present, [desk]);
  const pushed = { ...desk, x: 3_900 };
  expect(where(plan, present.slice(1), [pushed])).toEqual({ 'wall-2': 7_680 });
});

test('unless a person chose the display of the desk as well', () => {
  const present = row(2);
  const plan = planOf({ chosen: present, present, desks: [desk], isSpanning: false, before: null });
  expect(where(plan, present)).toEqual({ 'wall-1': 0, 'wall-2': 3_840 });
});

test('a new choice keeps the names that were given', () => {
  const present = row(4);
  const before = usualPlan(present, [desk]);
  const chosen = present.filter(({ id }) => id === 0 || id === 3);
  const plan = planOf({ chosen, present, desks: [], isSpanning: false, before });
  expect(where(plan, present, [])).toEqual({ 'wall-1': 0, 'wall-3': 11_520 });
});
