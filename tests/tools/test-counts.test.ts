import { expect, test } from 'vitest';
import {
  lastLine,
  listedTests,
  playwrightCounts,
  playwrightFailures,
  sumOf,
  verdictOf,
  vitestCounts,
  vitestFailures,
} from './test-counts.mjs';

test('the last line adds up all parts', () => {
  const parts = [
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 10, failed: 3, skipped: 0 },
  ];
  expect(lastLine(sumOf(parts))).toBe('11 passed, 3 failed, 2 skipped');
});

test('vitest: a file that cannot be loaded is a failure, skipped and planned tests are skipped', () => {
  const testResults = [
    { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'pending' }, { status: 'todo' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    { status: 'failed', assertionResults: [] },
  ];
  expect(vitestCounts({ testResults })).toEqual({ passed: 2, failed: 2, skipped: 2 });
});

test('vitest: a file whose own end fails is a failure though its tests passed', () => {
  const testResults = [{ status: 'failed', assertionResults: [{ status: 'passed' }] }];
  expect(vitestCounts({ testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('Playwright: a second try and an error outside the tests are failures', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [{}], suites: [] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

test('listed tests are counted through all suites', () => {
  const inner = { specs: [{ tests: [{}, {}] }] };
  expect(listedTests({ suites: [{ specs: [{ tests: [{}] }], suites: [inner] }, inner] })).toBe(5);
});

test.each([
  ['left no report', { counts: null, exitCode: 137 }, { passed: 0, failed: 1, skipped: 0 }],
  [
    'found no test',
    { counts: { passed: 0, failed: 0, skipped: 0 }, exitCode: 0 },
    { passed: 0, failed: 1, skipped: 0 },
  ],
  ['exit code 1', { counts: { passed: 4, failed: 0, skipped: 1 }, exitCode: 1 }, { passed: 4, failed: 1, skipped: 1 }],
])('a part that %s has failed', (words, given, counts) => {
  const verdict = verdictOf(given);
  expect(verdict.counts).toEqual(counts);
  expect(verdict.problem).toContain(words);
});

test('a part with failed tests is counted as it reports itself', () => {
  const counts = { passed: 4, failed: 2, skipped: 0 };
  expect(verdictOf({ counts, exitCode: 1 })).toEqual({ counts, problem: null });
});

test('vitest: each failed test is named with the first line of its error, a file that cannot be loaded too', () => {
  const passed = { status: 'passed', fullName: 'p', failureMessages: [] };
  const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['\u001b[31mError: 1\u001b[39m\n  at x'] };
  const testResults = [
    { name: 'a.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
    { name: 'b.test.ts', status: 'failed', message: 'no such module\nstack', assertionResults: [] },
    { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [passed] },
  ];
  expect(vitestFailures({ testResults })).toEqual([
    'a.test.ts › adds up › Error: 1',
    'b.test.ts › the file itself › no such module',
  ]);
});

test('Playwright: failed tests of all suites and errors outside them are named', () => {
  const spec = (title: string, ok: boolean) => ({
    file: 'x.spec.ts',
    title,
    ok,
    tests: [{ results: [{ errors: ok ? [] : [{ message: 'Error: gone\nmore' }] }] }],
  });
  const suites = [{ specs: [spec('a', true)], suites: [{ specs: [spec('b', false)] }] }];
  expect(playwrightFailures({ errors: [{ message: 'Timed out' }], suites })).toEqual([
    'x.spec.ts › b › Error: gone',
    'outside all tests › Timed out',
  ]);
});
