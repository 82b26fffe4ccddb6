import { expect, test } from 'vitest';
import { leastSizes } from './legibility.ts';
import { textUnits, wallFit } from './wall-fit.ts';

const sizes = [
  [1_920, 1_080, 'single', 1],
  [3_840, 2_160, 'single', 2],
  [5_760, 1_080, 'panorama', 1],
  [7_680, 2_160, 'wide', 2],
  [11_520, 2_160, 'panorama', 2],
  [2_160, 3_840, 'tall', 1.125],
] as const;

test.each(sizes)(
  '%s×%s is laid out as %s, one unit is %s pixels, and everything has room',
  (width, height, form, unit) => {
    const fit = wallFit({ width, height, ratio: 1, sight: null });
    expect(fit).toMatchObject({ form, rows: 8, hasUnits: true, hasLines: true });
    expect(fit.unit).toBeCloseTo(unit, 6);
  },
);

test.each([
  [1.25, 5],
  [1.25, 8],
  [1.25, 12],
  [0.63, 8],
  [0.9, 8],
])('with pixels of %s mm and a seat at %s m nothing is smaller than can be read', (pitchMm, seatM) => {
  const least = leastSizes(pitchMm, seatM);
  for (const [width, height] of sizes) {
    const { unit } = wallFit({ width, height, ratio: 1, sight: { pitchMm, seatM } });
    expect(unit * textUnits.han).toBeGreaterThanOrEqual(least.han);
    expect(unit * textUnits.figure).toBeGreaterThanOrEqual(least.figure);
    expect(unit * textUnits.digit).toBeGreaterThanOrEqual(least.digit);
  }
});

test('for want of room the units go first, then rows of the list, then the lines of the day', () => {
  const at = (seatM: number) => {
    const { hasUnits, rows, hasLines } = wallFit({
      ...{ width: 1_920, height: 1_080, ratio: 1 },
      sight: { pitchMm: 1.25, seatM },
    });
    return `${hasUnits ? 'units ' : ''}${rows}${hasLines ? ' lines' : ''}`;
  };
  const forms = [5, 6, 7, 8, 9, 10, 12].map(at);
  expect(forms[0]).toBe('units 8 lines');
  expect([...new Set(forms)]).toEqual(['units 8 lines', '8 lines', '6 lines', '4 lines', '4', '0']);
});

test('village and state are listed where the list is wide enough for names as well', () => {
  const more = (width: number, height: number) => wallFit({ width, height, ratio: 1, sight: null }).listHas.more;
  expect([more(1_920, 1_080), more(2_560, 1_000), more(7_680, 2_160), more(2_160, 3_840)]).toEqual([
    ...[false, false, true, true],
  ]);
});

test('a device pixel is smaller than a CSS pixel on a scaled display', () => {
  const sight = { pitchMm: 0.63, seatM: 8 };
  const plain = wallFit({ width: 3_840, height: 2_160, ratio: 1, sight });
  const scaled = wallFit({ width: 1_920, height: 1_080, ratio: 2, sight });
  expect(scaled.unit * 2).toBeCloseTo(plain.unit, 6);
});
