import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { asarArchive, requireIntegrity, setFuses } from './electron-files.mjs';

const wire = (version: number, fuses: string): Buffer =>
  Buffer.concat([
    Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([version, fuses.length]),
    Buffer.from(`${fuses} after`),
  ]);

test('a fuse is set where the wire says, and nothing else changes', () => {
  const bytes = wire(1, '0101r01');
  setFuses(bytes, { 0: true, 1: false, 6: false });
  expect(bytes).toEqual(wire(1, '1001r00'));
});

test('an unknown wire is left alone', () => {
  expect(() => setFuses(Buffer.from('no sentinel'), { 0: true })).toThrow('no fuse wire');
  expect(() => setFuses(wire(2, '000'), { 0: true })).toThrow('version 2');
  expect(() => setFuses(wire(1, '000'), { 3: true })).toThrow('fuse 3');
});

test('an asar archive says where each file lies', () => {
  const archive = asarArchive({ 'a.txt': 'one', 'b.txt': '二' });
  const jsonLength = archive.readUInt32LE(12);
  const header: unknown = JSON.parse(archive.toString('utf8', 16, 16 + jsonLength));
  const bodies = 16 + Math.ceil(jsonLength / 4) * 4;
  expect(header).toEqual({ files: { 'a.txt': { size: 3, offset: '0' }, 'b.txt': { size: 3, offset: '3' } } });
  expect(archive.readUInt32LE(0)).toBe(4);
  expect(archive.readUInt32LE(4)).toBe(bodies - 8);
  expect(archive.toString('utf8', bodies)).toBe('one二');
});

test('bytes with another sum than the pinned one are refused', () => {
  const bytes = Buffer.from('package');
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  expect(() => requireIntegrity(bytes, integrity, 'x@1')).not.toThrow();
  expect(() => requireIntegrity(Buffer.from('packagf'), integrity, 'x@1')).toThrow('x@1 is refused');
});
