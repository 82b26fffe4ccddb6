import { expect, test } from 'vitest';
import { fillDisplay, type PlaceableWindow } from './fill-display.ts';
import type { Area } from './window-place.ts';

const display: Area = { x: 3_840, y: 0, width: 3_840, height: 2_160 };

/** A window manager that gives a window its area only by the means it knows, and after so many tries. */
function managed(obeys: { readonly kiosk?: boolean; readonly afterTries?: number }) {
  const done: string[] = [];
  let area: Area = { x: 0, y: 0, width: 800, height: 600 };
  let isFull = false;
  let isVisible = false;
  let asked = 0;
  const window: PlaceableWindow = {
    isDestroyed: () => false,
    isVisible: () => isVisible,
    showInactive: () => {
      isVisible = true;
      done.push('show');
    },
    isFullScreen: () => isFull,
    setFullScreen: (full) => {
      isFull = full;
      done.push(full ? 'full' : 'not full');
    },
    setKiosk: () => {
      done.push('kiosk');
      if (obeys.kiosk === true) area = display;
    },
    setBounds: (bounds) => {
      asked += 1;
      done.push('bounds');
      if (asked >= (obeys.afterTries ?? Infinity)) area = bounds;
    },
    getContentBounds: () => area,
  };
  return { window, done };
}

const atOnce = () => Promise.resolve();

test('moved and sized while hidden, then shown, then full screen', async () => {
  const { window, done } = managed({ afterTries: 1 });
  expect(await fillDisplay(window, display, true, atOnce)).toBe(true);
  expect(done).toEqual(['bounds', 'show', 'full']);
});

test('one that is full screen elsewhere leaves it first', async () => {
  const { window, done } = managed({ afterTries: 2 });
  expect(await fillDisplay(window, display, true, atOnce)).toBe(true);
  expect(done).toEqual(['bounds', 'show', 'full', 'not full', 'bounds', 'full']);
});

test('after three tries kiosk, and if that does not help either it says so', async () => {
  const helped = managed({ kiosk: true });
  expect(await fillDisplay(helped.window, display, true, atOnce)).toBe(true);
  expect(helped.done.filter((step) => step === 'bounds')).toHaveLength(3);
  expect(helped.done.at(-1)).toBe('kiosk');
  expect(await fillDisplay(managed({}).window, display, true, atOnce)).toBe(false);
});

test('a picture over several displays is never full screen: that would be one of them', async () => {
  const { window, done } = managed({ afterTries: 2 });
  expect(await fillDisplay(window, display, false, atOnce)).toBe(true);
  expect(done).toEqual(['bounds', 'show', 'bounds']);
});
