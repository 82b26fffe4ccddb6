import { expect, test } from 'vitest';
import { maxPhotos } from '#domain/case/photos.ts';
import { arePhotosReady, nextKind, photosToSend, roomFor, type PhotoDraft } from './photo-drafts.ts';

function aDraft(change: Partial<PhotoDraft> = {}): PhotoDraft {
  const hash = 'a'.repeat(64);
  return { id: '1', name: 'a.jpg', kind: 'near', file: new Blob(), hash, preview: null, error: null, ...change };
}

test('a further photo gets the usual kind that is not there yet', () => {
  expect(nextKind('report', [])).toBe('near');
  expect(nextKind('report', [{ kind: 'near' }])).toBe('far');
  expect(nextKind('handle', [])).toBe('after');
  expect(nextKind('handle', [{ kind: 'after' }])).toBe('before');
  expect(nextKind('handle', [{ kind: 'after' }, { kind: 'before' }])).toBe('after');
});

test('a form waits for photos on their way and for what it needs, and not for more', () => {
  expect(arePhotosReady([], null)).toBe(true);
  expect(arePhotosReady([], 'any')).toBe(false);
  expect(arePhotosReady([aDraft()], 'any')).toBe(true);
  expect(arePhotosReady([aDraft()], 'after')).toBe(false);
  expect(arePhotosReady([aDraft(), aDraft({ kind: 'after' })], 'after')).toBe(true);
  expect(arePhotosReady([aDraft(), aDraft({ hash: null })], 'any')).toBe(false);
});

test('what is kept is sent, by hash and kind; a form takes so many and no more', () => {
  expect(photosToSend([aDraft(), aDraft({ hash: null })])).toEqual([{ hash: 'a'.repeat(64), kind: 'near' }]);
  expect([roomFor([]), roomFor(Array.from({ length: 12 }, () => aDraft()))]).toEqual([maxPhotos, 0]);
});
