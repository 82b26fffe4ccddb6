import { describe, expect, test } from 'vitest';
import type { Component } from '#domain/components/component.ts';
import { ComponentFileProblem, ComponentPacker, componentAt, unpackComponents } from './component-file.ts';

const about = { importedAt: Date.parse('2026-11-30T02:00:00Z'), system: 'wgs84' };

function some(count: number): readonly Component[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `110113${index % 2 === 0 ? '01037' : '02001'}${String(index).padStart(6, '0')}`,
    name: index % 2 === 0 ? '路灯' : '井盖“雨水”',
    unit: index % 3 === 0 ? '' : '顺义区市政',
    lon: Math.round((116.5 + index / 1e5) * 1e7) / 1e7,
    lat: Math.round((40.1 - index / 1e5) * 1e7) / 1e7,
  }));
}

function packed(components: readonly Component[]): Uint8Array {
  const packer = new ComponentPacker();
  for (const component of components) packer.add(component);
  return packer.pack(about);
}

describe('a file of components', () => {
  test.each([0, 1, 7, 3_000])('of %i comes out as it went in', (count) => {
    const columns = unpackComponents(packed(some(count)));
    expect(Array.from({ length: columns.count }, (_, at) => componentAt(columns, at))).toEqual(some(count));
    expect(columns.head).toMatchObject(about);
  });

  test('takes 24 bytes for each', () => {
    expect(packed(some(3_000)).length - packed(some(1_000)).length).toBe(2_000 * 24);
  });

  test('may lie anywhere in what was read', () => {
    const bytes = packed(some(5));
    const room = new Uint8Array(bytes.length + 3);
    room.set(bytes, 3);
    expect(componentAt(unpackComponents(room.subarray(3)), 4)).toEqual(some(5)[4]);
  });

  test('counts its classes', () => {
    const packer = new ComponentPacker();
    for (const component of some(5)) packer.add(component);
    expect([...packer.classCounts]).toEqual([
      ['01037', 3],
      ['02001', 2],
    ]);
  });

  test('that is cut off anywhere, or is none, is told', () => {
    const bytes = packed(some(3));
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => unpackComponents(bytes.slice(0, length)), `${length} bytes`).toThrow(ComponentFileProblem);
    }
    expect(() => unpackComponents(new Uint8Array(64).fill(65))).toThrow('does not begin');
  });
});
