import { expect, test } from 'vitest';
import { morning, someLimits } from '#tests/builders/cases.ts';
import { plus } from '#domain/base/instant.ts';
import { attentionLevel } from './attention-level.ts';
import { dueAt } from './limits.ts';

const manhole = { standardRef: 'GB/T 47678.5-2026', kind: 'component', code: '0101', name: '上水井盖' } as const;

test('the longest class prefix decides the handling limit, other clocks ignore the class', () => {
  const table = { ...someLimits, handleByClass: [...someLimits.handleByClass, { codePrefix: '0101', minutes: 60 }] };
  expect(dueAt(table, 'handle', manhole, morning)).toBe(morning + 3_600_000);
  expect(dueAt(table, 'handle', { ...manhole, code: '0205' }, morning)).toBe(morning + 86_400_000);
  expect(dueAt(table, 'check', manhole, morning)).toBe(morning + 1_800_000);
});

test('a table without a limit for the clock is an error', () => {
  expect(() => dueAt({ ...someLimits, limits: [] }, 'check', manhole, morning)).toThrow(/no limit for the check clock/);
});

test('attention: 超期 after the end, 临期 in the last fifth, then repeated returns (desk-wall-briefing.md §3)', () => {
  const facts = { dueAt: plus(morning, 1_000), clockStartedAt: morning, returnCount: 0 };
  expect(attentionLevel(facts, plus(morning, 799))).toBeNull();
  expect(attentionLevel(facts, plus(morning, 800))).toBe(3);
  expect(attentionLevel(facts, plus(morning, 1_000))).toBe(3);
  expect(attentionLevel(facts, plus(morning, 1_001))).toBe(2);
  expect(attentionLevel({ ...facts, dueAt: null, returnCount: 2 }, morning)).toBe(4);
});
