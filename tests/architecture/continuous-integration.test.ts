import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageNames } from '#tests/tools/debian-packages.mjs';
import { root } from './run-tool.ts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const script = read('.ci/run');

test('CI runs the very command that the README gives for the tests', () => {
  const [, command] = /^(npm install && .+?)\s+# every test/m.exec(read('README.md')) ?? [];
  expect(command).toBe('npm install && npm test');
  expect(script).toContain(`(${command})`);
});

test('CI installs the Debian packages that the tests would install', () => {
  const [, list = ''] = /--no-install-recommends ([\s\S]*?) >/.exec(script) ?? [];
  const names = list.split(/[\s\\]+/).filter((name) => name !== '' && name !== 'ca-certificates');
  expect(names.toSorted()).toEqual(packageNames.toSorted());
});
