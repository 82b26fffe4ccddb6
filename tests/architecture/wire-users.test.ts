import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { api } from '#contract/api.ts';
import { filesBelow, root } from './run-tool.ts';

/** What no window asks for, and why it is on the wire all the same. */
const forCtlOnly: Readonly<Record<string, string>> = {
  'health.get': 'scripts ask once; windows follow health.watch',
  'journal.verify': 'reads the whole journal: work for the terminal, not for a desk in service',
  'grid.summary': 'tells which district was loaded; windows draw it from district.get',
};

const screens = filesBelow('renderer').filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const code = screens.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
const isAskedFor = (name: string) => code.includes(`'${name}'`);

test('every method and stream is asked for by a window or is there for ctl, with a reason', () => {
  expect(Object.keys(api).filter((name) => !isAskedFor(name))).toEqual(Object.keys(forCtlOnly));
});
