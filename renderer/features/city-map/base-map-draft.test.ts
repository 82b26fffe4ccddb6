import { expect, test } from 'vitest';
import { emptyDraft, requestOf } from './base-map-draft.ts';

const named = { ...emptyDraft, name: ' 影像 ' };

test('a file is sent with its path alone, without marks of a file manager, and without a key', () => {
  expect(requestOf({ ...named, path: ' "/data/base.pmtiles" ', key: 'left over' })).toEqual({
    ...{ name: '影像', owner: '', approvalNumber: '', date: '', coordinates: 'cgcs2000' },
    source: { kind: 'pmtiles', path: '/data/base.pmtiles' },
  });
});

test('a WMTS is sent as 天地图 has it, with the key', () => {
  expect(
    requestOf({ ...named, kind: 'wmts', address: 'http://10.0.0.1/img_w/wmts', key: 'k', date: '2026-03-01' }),
  ).toEqual({
    ...{ name: '影像', owner: '', approvalNumber: '', date: '2026-03-01', coordinates: 'cgcs2000', key: 'k' },
    source: {
      ...{ kind: 'wmts', address: 'http://10.0.0.1/img_w/wmts', minZoom: 1, maxZoom: 18 },
      ...{ layer: 'img', style: 'default', matrixSet: 'w', format: 'tiles' },
    },
  });
});

test.each([
  [{ ...emptyDraft, path: '/data/base.pmtiles' }],
  [named],
  [{ ...named, path: '/a', date: '去年' }],
  [{ ...named, kind: 'xyz' as const, address: 'http://10.0.0.1/{z}/{x}/{y}', maxZoom: '' }],
  [{ ...named, kind: 'xyz' as const, address: 'http://10.0.0.1/{z}/{x}/{y}', maxZoom: '99' }],
])('nothing is sent while something is missing: %#', (draft) => {
  expect(requestOf(draft)).toBeNull();
});
