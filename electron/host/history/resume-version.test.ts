import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { DispatchRecord } from '#domain/dispatch/dispatch-record.ts';
import { EarlyWarnings } from '#domain/warnings/early-warnings.ts';
import { plus } from '#domain/base/instant.ts';
import { CaseNumbers } from '#host/cases/case-numbers.ts';
import { fingerprintOf } from '#host/command/fingerprints.ts';
import { aCase, morning } from '#tests/builders/cases.ts';
import { RESUME_VERSION } from './resume-point.ts';

/** Of what the folds dump of a few known cases. */
const known = {
  version: 1,
  dispatch: 'd6fc86be0cde2514',
  warnings: '12c0c2816febf1c5',
  numbers: '9e0a9e08f92f583d',
  fingerprints: '8d32485d67d90410',
};

test('a fold that dumps something else has another version, or old resume points would be taken for new ones', () => {
  const dispatch = new DispatchRecord();
  const warnings = new EarlyWarnings();
  const numbers = new CaseNumbers();
  for (let serial = 1; serial <= 20; serial += 1) {
    const id = `202611240000${String(serial).padStart(2, '0')}`;
    numbers.seen(id);
    dispatch.note({ ...aCase(10), id }, ['1', '11', '111']);
    warnings.note({ ...aCase(1), id, reportedAt: plus(morning, serial * 7_000_000) }, '11');
  }
  expect({
    version: RESUME_VERSION,
    dispatch: sumOf(dispatch.dump(plus(morning, 100_000))),
    warnings: sumOf(warnings.dump()),
    numbers: sumOf(numbers.dump()),
    fingerprints: sumOf(['command-1', 'feed:311:1', ''].map(fingerprintOf)),
  }).toEqual(known);
});

function sumOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
