import { expect, test } from 'vitest';
import { ProjectionUnavailable, type UnavailableReason } from '#host/ports/projection.ts';
import type { HostParts } from '../host-parts.ts';
import type { CallContext } from '../dispatcher.ts';
import { caseReads } from './case-reads.ts';

const context = {} as CallContext;

function refusing(reason: UnavailableReason) {
  const refuse = () => Promise.reject(new ProjectionUnavailable(reason));
  return caseReads({
    cases: { sequence: () => 50_000 },
    projection: { count: refuse, list: refuse, status: () => ({ state: 'rebuilding', sequence: 1_000, bytes: 0 }) },
    clock: { now: () => 0 },
  } as unknown as HostParts);
}

test.each([
  ['rebuilding', { code: 'archive_rebuilding', detail: { behind: '49000' } }],
  ['busy', { code: 'busy', detail: {} }],
  ['down', { code: 'unavailable', detail: { part: 'projection' } }],
  ['closed', { code: 'unavailable', detail: { part: 'projection' } }],
] as const)('a projection that is %s is said so', async (reason, error) => {
  const reads = refusing(reason);
  expect(await reads['cases.count']({ filter: {} }, context)).toEqual({ ok: false, error });
  expect(await reads['cases.list']({ filter: {}, limit: 1 }, context)).toEqual({ ok: false, error });
});
