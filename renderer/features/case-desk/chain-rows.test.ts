import { expect, test } from 'vitest';
import { MINUTE_MS } from '#domain/base/instant.ts';
import { morning } from '#tests/builders/cases.ts';
import { aDetail, stepsOf } from '#tests/builders/details.ts';
import { chainRows, chainTotals, type ChainRow } from './chain-rows.ts';

const at = (minutes: number) => morning + minutes * MINUTE_MS;
const depthOf = (unit: string) => unit.length - 1;
const hop = { personId: null, sentBy: 'desk-1', outcome: null, opinion: null, endedAt: null };
const order = { personId: null, role: 'co', via: 'dispatch', state: 'sent', sentAt: null, words: null } as const;
const times = { acceptedAt: null, arrivedAt: null, endedAt: null };

function shape(rows: readonly ChainRow[]) {
  return rows.map((row) => {
    const what =
      row.kind === 'hop'
        ? row.hop.unit
        : row.kind === 'order'
          ? row.order.unit
          : row.kind === 'merged'
            ? 'report'
            : row.step.post;
    return [row.kind, what, row.depth, row.stayMs === null ? null : row.stayMs / MINUTE_MS];
  });
}

test('orders stand beneath the hop they came with, deeper hops follow, merged reports close', () => {
  const detail = aDetail({
    state: 'pending_handle',
    chain: [
      { ...hop, unit: null, sentAt: at(0), endedAt: at(3), outcome: 'sent_on' },
      { ...hop, unit: '91', sentAt: at(3), endedAt: at(7), outcome: 'sent_on' },
      { ...hop, unit: '911', sentAt: at(7) },
    ],
    orders: [
      { ...order, ...times, id: 'x-1', unit: '91-O2', sentAt: at(7), endedAt: at(20), state: 'answered' },
      { ...order, ...times, id: 'x-2', unit: 'U1', via: 'whistle', sentAt: at(30) },
    ],
    merged: [
      {
        caseId: 'y',
        source: 'hotline',
        reporterId: null,
        external: null,
        reportedAt: at(1),
        description: '',
        handleDueAt: null,
        at: at(9),
      },
    ],
  });
  const rows = chainRows(detail, [], depthOf, at(60));
  expect(shape(rows)).toEqual([
    ['hop', null, 0, 3],
    ['hop', '91', 1, 4],
    ['hop', '911', 2, 53],
    ['order', '91-O2', 3, 13],
    ['order', 'U1', 3, 30],
    ['merged', 'report', 0, null],
  ]);
  expect(rows.map((row) => row.kind === 'hop' && [row.isHere, row.isLead])).toEqual([
    [false, false],
    [false, false],
    [true, true],
    false,
    false,
    false,
  ]);
  expect(chainTotals(rows)).toEqual({
    hops: 3,
    stayMs: 60 * MINUTE_MS,
    longest: { unit: '911', stayMs: 53 * MINUTE_MS, share: 88 },
    orders: 2,
    answered: 1,
    scaleMs: 53 * MINUTE_MS,
  });
});

test('orders of a relay have their turns, those that wait have no stay', () => {
  const relay = { ...order, ...times, via: 'relay', state: 'waiting' } as const;
  const detail = aDetail({
    state: 'handling',
    mode: 'relay',
    chain: [{ ...hop, unit: '91', sentAt: at(0) }],
    orders: [
      { ...relay, id: 'x-1', unit: '92' },
      { ...relay, id: 'x-2', unit: '93' },
    ],
  });
  const rows = chainRows(detail, [], depthOf, at(5));
  expect(rows.map((row) => (row.kind === 'order' ? [row.turn, row.stayMs] : row.kind))).toEqual([
    'hop',
    [2, null],
    [3, null],
  ]);
});

test('endorsements stand beneath the hop that waited for them, also before anything was sent', () => {
  const step = { personId: null, limitMinutes: 15, dueAt: null, endedBy: null, opinion: null, delegatedBy: [] };
  const detail = aDetail({
    record: 'ticket',
    state: 'signed',
    chain: [{ ...hop, unit: '91', sentAt: at(0) }],
    endorsement: {
      mayDispatchFirst: false,
      steps: [
        { ...step, post: 'desk_lead', state: 'endorsed', startedAt: at(9), endedAt: at(15) },
        { ...step, post: 'leader', state: 'current', startedAt: at(15), endedAt: null },
      ],
    },
  });
  expect(shape(chainRows(detail, [], depthOf, at(20)))).toEqual([
    ['hop', '91', 1, 20],
    ['endorsement', 'desk_lead', 2, 6],
    ['endorsement', 'leader', 2, 5],
  ]);
  const before = chainRows({ ...detail, chain: [] }, [], depthOf, at(20));
  expect(before.map(({ kind, depth }) => [kind, depth])).toEqual([
    ['endorsement', 0],
    ['endorsement', 0],
  ]);
});

test('a return shows its coded reason, out of the history', () => {
  const detail = aDetail({
    state: 'returned',
    chain: [
      { ...hop, unit: '91', sentAt: at(0), endedAt: at(8), outcome: 'returned', opinion: '非本单位' },
      { ...hop, unit: null, sentAt: at(8) },
    ],
  });
  const steps = stepsOf([{ type: 'case.returned.v2', at: at(8), facts: { reasonCode: 'R03', reason: '非本单位' } }]);
  const [row] = chainRows(detail, steps, depthOf, at(9));
  expect(row?.kind === 'hop' && row.reasonCode).toBe('R03');
});
