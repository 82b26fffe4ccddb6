import { expect, test } from 'vitest';
import { openingPlace, type Area } from './window-place.ts';

const left: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const right: Area = { x: 1920, y: 0, width: 2560, height: 1400 };
const small: Area = { x: 0, y: 20, width: 1280, height: 700 };
const place = { x: 2000, y: 100, width: 1200, height: 800, isMaximized: false };

test('the first time: in the middle of the first display, no larger than it', () => {
  expect(openingPlace(null, [left])).toEqual({ x: 160, y: 20, width: 1600, height: 1000, isMaximized: false });
  expect(openingPlace(null, [small])).toEqual({ x: 0, y: 20, width: 1280, height: 700, isMaximized: false });
});

test('later: where it was', () => {
  expect(openingPlace(place, [left, right])).toEqual(place);
});

test('its display is gone: back to the first one, still maximized if it was', () => {
  expect(openingPlace({ ...place, isMaximized: true }, [left])).toMatchObject({ x: 160, isMaximized: true });
});

test('a title bar out of reach does not count', () => {
  expect(openingPlace({ ...place, x: 10, y: -40 }, [left])).toMatchObject({ x: 160, y: 20 });
  expect(openingPlace({ ...place, x: -1150, y: 10 }, [left])).toMatchObject({ x: 160, y: 20 });
});

test('a display that shrank cuts the size', () => {
  expect(openingPlace({ ...place, x: 10, width: 1900 }, [small])).toMatchObject({ x: 10, width: 1280, height: 700 });
});
