import { expect, test } from 'vitest';
import { helpText, readCommandLine } from './command-line.ts';

test('no arguments: the default district, simulated, in a window', () => {
  expect(readCommandLine([])).toMatchObject({
    ok: true,
    value: { isHeadless: false, port: 0, dataFolder: null, simulate: true, seed: 42, ratePerHour: null },
  });
});

test('values stand after the flag or after an equals sign', () => {
  const args = [
    '--headless',
    '--port',
    '8080',
    '--data=/tmp/a=b',
    '--no-simulate',
    '--import',
    'x.csv',
    '--mapping',
    'm',
  ];
  expect(readCommandLine(args)).toMatchObject({
    ok: true,
    value: {
      isHeadless: true,
      port: 8080,
      dataFolder: '/tmp/a=b',
      simulate: false,
      importFile: 'x.csv',
      importMapping: 'm',
    },
  });
});

test.each([
  [['--prot', '1'], 'unknown argument --prot'],
  [['--port', 'x'], '--port needs a whole number'],
  [['--port', '70000'], '--port needs a whole number'],
  [['--data'], '--data needs a value'],
  [['--headless=yes'], '--headless takes no value'],
  [['--rate', '0'], '--rate needs a number above 0'],
  [['--seed', '1.5'], '--seed needs a whole number'],
  [['--segment-bytes', '100'], '--segment-bytes needs'],
  [['--restore', 'b'], '--restore needs --data'],
  [['--restore', 'b', '--data', 'd', '--backup', 'c'], 'give one of them'],
  [['--change-secret', 'n'], '--change-secret needs the pass-phrase before it'],
  [['--change-secret', 'n', '--secret-file', 'o', '--backup', 'b'], 'give one of them'],
  [['--mapping', 'm'], '--mapping needs --import'],
  [['--secret-stdin'], '--secret-stdin needs --headless'],
  [['--headless', '--secret-stdin', '--secret-file', 'f'], 'give one of them'],
  [['--district-mapping', 'm'], '--district-mapping needs --district'],
])('%j is refused with the remedy', (args, problem) => {
  const read = readCommandLine(args);
  expect(read.ok ? '' : read.problem).toContain(problem);
});

test('the help tells every flag', () => {
  expect(helpText().match(/^ {2}--/gm)).toHaveLength(21);
});

test('the wall begins as it was left, or with a scene; anything else behind it is a flag of its own', () => {
  expect(readCommandLine(['--headless'])).toMatchObject({ ok: true, value: { hasWall: false } });
  const asLeft = readCommandLine(['--wall', '--headless']);
  expect(asLeft).toMatchObject({ ok: true, value: { hasWall: true, isHeadless: true } });
  expect(asLeft.ok && 'wallScene' in asLeft.value).toBe(false);
  for (const args of [
    ['--wall', 'review', '--headless'],
    ['--headless', '--wall=review'],
  ]) {
    expect(readCommandLine(args)).toMatchObject({ ok: true, value: { hasWall: true, wallScene: 'review' } });
  }
  expect(readCommandLine(['--wall', 'topic'])).toMatchObject({
    ok: false,
    problem: '--wall knows the scenes watch, night, incident, review, not topic',
  });
});
