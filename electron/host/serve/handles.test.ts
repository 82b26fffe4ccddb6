import { expect, test } from 'vitest';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { Handles } from './handles.ts';
import { principalOf } from './principals.ts';

test('of printed files the last eight wait in memory; other handles stay', () => {
  const handles = new Handles(new ManualClock(0));
  const operator = principalOf('operator');
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const photo = name(handles.give({ kind: 'get', hash: 'a' }, operator).path);
  const pdfs = Array.from({ length: 10 }, (_, at) =>
    name(handles.give({ kind: 'pdf', bytes: Uint8Array.of(at) }, operator).path),
  );
  expect(pdfs.map((handle) => handles.take(handle, 'pdf', operator)?.bytes[0])).toEqual([
    ...[undefined, undefined],
    ...[2, 3, 4, 5, 6, 7, 8, 9],
  ]);
  expect(handles.take(photo, 'get', operator)).toEqual({ kind: 'get', hash: 'a' });
});
