import { expect, test } from 'vitest';
import { DeskHome } from './desk-home.ts';
import type { DisplayFacts } from './display-layout.ts';

const left: DisplayFacts = { id: 1, label: '', bounds: { x: 0, y: 0, width: 3_840, height: 2_160 }, scaleFactor: 1 };
const right: DisplayFacts = { ...left, id: 2, bounds: { ...left.bounds, x: 3_840 } };
const place = { x: 100, y: 100, width: 1_600, height: 1_000 };
const pushed = { ...place, x: 3_900 };

function atHome(): DeskHome {
  const home = new DeskHome();
  home.look([left, right], place);
  home.look([left, right], place);
  return home;
}

test('pushed to a neighbour while its display was away, it goes back where it was', () => {
  const home = atHome();
  expect(home.look([right], pushed)).toBeNull();
  expect(home.look([right], pushed)).toBeNull();
  expect(home.look([left, right], pushed)).toEqual(place);
  expect(home.look([left, right], place)).toBeNull();
});

test('pushed before the system told of the loss: still its old home', () => {
  const home = atHome();
  expect(home.look([left, right], pushed)).toBeNull();
  expect(home.look([right], pushed)).toBeNull();
  expect(home.look([left, right], pushed)).toEqual(place);
});

test('where a person moved it and it stays is its new home', () => {
  const home = atHome();
  home.look([left, right], pushed);
  home.look([left, right], pushed);
  expect(home.look([left], place)).toBeNull();
  expect(home.look([left, right], place)).toEqual(pushed);
});

test('a display more or less elsewhere moves nothing', () => {
  const home = atHome();
  expect(home.look([left], place)).toBeNull();
  expect(home.look([left, right], place)).toBeNull();
});
