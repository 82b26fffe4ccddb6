import { describe, expect, it } from 'vitest';
import type { LocatedCases, PackedCases, ProjectedCase } from '#host/ports/projection.ts';
import { aProjected } from '#tests/conformance/projection/projected-case.ts';
import { HandoverQueue } from './handover-queue.ts';
import { packCases, unpackCases } from './packed-cases.ts';

/** In two grids and in none, with and without what may be null, with one entry and with many. */
const cases = Array.from({ length: 1_203 }, (_, index): ProjectedCase => {
  const gridCode = [`a${index % 7}`, 'b', null][index % 3] ?? null;
  const row = { id: `2026${index}`, gridCode, lon: index % 5 === 0 ? null : 116.5, isDemo: index % 2 === 0 };
  return aProjected(
    { ...row, description: `路灯不亮 ${index}`, sequence: index * 9 + 4 },
    {
      areaPath: gridCode === null ? [] : pathOf(gridCode),
      sequences: Array.from({ length: 1 + (index % 11) }, (__, step) => index * 9 + step),
      external: index % 4 === 0 ? `feed:${index}` : null,
      reporterId: index % 6 === 0 ? null : `p-${index}`,
    },
  );
});

function pathOf(gridCode: string): readonly string[] {
  return ['1101', gridCode];
}

const located = (pack: PackedCases): LocatedCases => ({ ...pack, areaPaths: pack.gridCodes.map(pathOf) });

describe('packed cases', () => {
  it('come out as they went in, with the areas that are known of their grids', () => {
    const packs = packCases(cases);
    expect(packs.map(({ gridCodes }) => gridCodes.length)).toEqual([8, 8, 8]);
    expect(packs.flatMap((pack) => unpackCases(located(pack)))).toEqual(cases);
    expect(packCases([])).toEqual([]);
  });

  it('have bytes of their own, which can be handed to another thread', () => {
    const [pack] = packCases(cases.slice(0, 3)).map(located);
    const handedOver = structuredClone(pack, { transfer: pack === undefined ? [] : [pack.bytes] });
    expect(pack?.bytes.byteLength).toBe(0);
    expect(handedOver && unpackCases(handedOver)).toEqual(cases.slice(0, 3));
  });

  it('wait in order with rows that are not packed: the sequence comes with the last part of a handover', () => {
    const packs = packCases(cases).map(located);
    const [first, second, third] = packs;
    const [one, two] = cases;
    const queue = new HandoverQueue(500);
    queue.add({ rows: one === undefined ? [] : [one], packed: packs.slice(0, 2), sequence: 40 });
    expect(queue.take()).toEqual({ rows: [], past: [], packed: first, sequence: null });
    queue.add({ rows: [], packed: packs.slice(2), sequence: 60 });
    queue.add({ rows: [], past: two === undefined ? [] : [two], sequence: 70 });
    expect(queue.take()).toEqual({ rows: [], past: [], packed: second, sequence: null });
    expect(queue.take()).toEqual({ rows: [one], past: [], sequence: 40 });
    expect(queue.take()).toEqual({ rows: [], past: [], packed: third, sequence: null });
    expect(queue.take()).toEqual({ rows: [], past: [two], sequence: 70 });
    expect([queue.take(), queue.isEmpty]).toEqual([null, true]);
    queue.add({ rows: [], packed: packs, sequence: 80 });
    queue.clear();
    expect([queue.take(), queue.isEmpty]).toEqual([null, true]);
    queue.add({ rows: [], packed: packs.slice(0, 1), sequence: 90 });
    expect(queue.take()).toEqual({ rows: [], past: [], packed: first, sequence: 90 });
  });
});
