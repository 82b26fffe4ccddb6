import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

/** @type {Counts} */
export const noTests = { passed: 0, failed: 0, skipped: 0 };

/** @param {readonly Counts[]} parts @returns {Counts} */
export function sumOf(parts) {
  return parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
    }),
    noTests,
  );
}

/** The last line of `npm test`. @param {Counts} counts */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Counts of vitest's JSON report. A file that could not be loaded has no tests of its own and counts as one failure.
 *
 * @param {{ readonly testResults: readonly VitestFile[] }} report
 * @returns {Counts}
 *
 * @typedef {{ readonly status: string, readonly assertionResults: readonly { readonly status: string }[] }} VitestFile
 */
export function vitestCounts(report) {
  return sumOf(
    report.testResults.map(({ status, assertionResults }) => {
      const passed = assertionResults.filter((test) => test.status === 'passed').length;
      const failed = assertionResults.filter((test) => test.status === 'failed').length;
      const isBroken = status === 'failed' && failed === 0;
      return { passed, failed: failed + (isBroken ? 1 : 0), skipped: assertionResults.length - passed - failed };
    }),
  );
}

/**
 * Counts of Playwright's JSON report. A test that passed only at a second try has failed; an error outside all tests (a
 * file that could not be loaded, the time limit of the whole run) counts as a failure.
 *
 * @param {PlaywrightReport} report
 * @returns {Counts}
 *
 * @typedef {{ readonly suites?: readonly PlaywrightSuite[], readonly specs?: readonly { readonly tests: readonly unknown[] }[] }} PlaywrightSuite
 * @typedef {{ readonly stats: { readonly expected: number, readonly unexpected: number, readonly flaky: number, readonly skipped: number }, readonly errors: readonly unknown[], readonly suites: readonly PlaywrightSuite[] }} PlaywrightReport
 */
export function playwrightCounts({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * The tests that failed in vitest's JSON report, a line each: file, name, first line of the error.
 *
 * @param {{ readonly testResults: readonly FailedFile[] }} report
 * @returns {readonly string[]}
 *
 * @typedef {{ readonly name: string, readonly status: string, readonly message: string, readonly assertionResults: readonly { readonly status: string, readonly fullName: string, readonly failureMessages: readonly string[] }[] }} FailedFile
 */
export function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [failureLine(name, 'the file itself', message)];
    return failed.map((test) => failureLine(name, test.fullName, test.failureMessages[0]));
  });
}

/**
 * The tests that failed in Playwright's JSON report, and the errors outside all tests, a line each.
 *
 * @param {FailedReport} report
 * @returns {readonly string[]}
 *
 * @typedef {{ readonly message?: string }} ReportedError
 * @typedef {{ readonly file: string, readonly title: string, readonly ok: boolean, readonly tests: readonly { readonly results: readonly { readonly errors: readonly ReportedError[] }[] }[] }} ReportedSpec
 * @typedef {{ readonly suites?: readonly FailedSuite[], readonly specs?: readonly ReportedSpec[] }} FailedSuite
 * @typedef {{ readonly errors: readonly ReportedError[], readonly suites: readonly FailedSuite[] }} FailedReport
 */
export function playwrightFailures({ errors, suites }) {
  /** @type {(suite: FailedSuite) => readonly ReportedSpec[]} */
  const specsIn = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsIn)];
  return [
    ...suites
      .flatMap(specsIn)
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => {
        const [error] = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
        return failureLine(file, title, error?.message);
      }),
    ...errors.map(({ message }) => failureLine('outside all tests', '', message)),
  ];
}

/** @param {string} file @param {string} name @param {string | undefined} message */
function failureLine(file, name, message) {
  const [first = ''] = stripVTControlCharacters(message ?? '').split('\n');
  return [file, name, first].filter((text) => text !== '').join(' › ');
}

/** How many tests a run with `--list` names. @param {{ readonly suites: readonly PlaywrightSuite[] }} report @returns {number} */
export function listedTests({ suites }) {
  return suites.reduce(
    (sum, suite) =>
      sum +
      (suite.specs ?? []).reduce((tests, spec) => tests + spec.tests.length, 0) +
      listedTests({ suites: suite.suites ?? [] }),
    0,
  );
}

/**
 * What a part adds to the whole. A part that ended badly without a failed test, left no report, or found no test at all
 * is a failure of its own: `problem` says why.
 *
 * @param {{ readonly counts: Counts | null, readonly exitCode: number }} ended
 * @returns {{ readonly counts: Counts, readonly problem: string | null }}
 */
export function verdictOf({ counts, exitCode }) {
  const failure = (/** @type {string} */ problem) => ({
    counts: sumOf([counts ?? noTests, { ...noTests, failed: 1 }]),
    problem,
  });
  if (counts === null) return failure(`ended with exit code ${exitCode} and left no report`);
  if (counts.passed + counts.failed + counts.skipped === 0) return failure('found no test');
  if (exitCode !== 0 && counts.failed === 0) return failure(`ended with exit code ${exitCode}, though no test failed`);
  return { counts, problem: null };
}
