import { expect, test } from 'vitest';
import { shapes } from '../symbols.ts';
import { clearingLooks, clearingsOf } from './clearings.ts';
import { LocalMercator } from './local-mercator.ts';

const mercator = new LocalMercator(116, 40);
const marks = {
  length: 2,
  attributes: {
    getPosition: { value: new Float64Array([116.1, 40.1, 116.2, 40, 0, 0]), size: 2 },
    getValue: { value: new Float32Array([shapes.octagon, shapes.smallDiamond, 0]), size: 1 },
  },
};

test('each mark is cut out in its size, a name is a row of squares about its middle', () => {
  const names = [{ lon: 116.5, lat: 40.2, width: 44, height: 15 }];
  const { places, looks } = clearingsOf(marks, names, mercator, 1_500);
  const { mark, smallMark, name } = clearingLooks;
  expect([...looks]).toEqual([mark, smallMark, name, name, name]);
  expect(places[0]).toBeCloseTo(0.1, 5);
  expect(places[1]).toBeCloseTo(mercator.down(40.1), 5);
  expect([4, 6, 8].map((at) => places[at]?.toFixed(4))).toEqual(['0.4900', '0.5000', '0.5100']);
  expect(places[9]).toBeCloseTo(mercator.down(40.2), 5);
});
