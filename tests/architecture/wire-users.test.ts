import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { api } from '#contract/api.ts';
import { payloads } from '#renderer/acts/act-payloads.ts';
import { filesBelow, root } from './run-tool.ts';

/** What no window asks for, and why it is on the wire all the same. */
const forCtlOnly: Readonly<Record<string, string>> = {
  'health.get': 'scripts ask once; windows follow health.watch',
  'journal.verify': 'reads the whole journal: work for the terminal, not for a desk in service',
  'audit.list': 'whoever answers for the host asks; a screen comes with the accounts of auditors 审计管理员',
  'backup.status': 'scripts ask once; windows follow backup.watch',
  'grid.summary': 'tells which district was loaded; windows draw it from district.get',
  'board.at': 'scripts ask for figures and the first cases; the time machine 历史回放 takes board.step',
  'positions.report': 'terminals and gateways send; a desk only watches',
  'figures.get': 'scripts ask for one indicator; the scorecard 考核 takes figures.table and figures.cases',
  'basemap.list': 'scripts ask once; windows follow basemap.watch',
  'shift.resetPin': 'a forgotten PIN is taken away on the host’s own machine',
  'shift.release': 'a seat whose person left is freed on the host’s own machine',
};

/** It lists all that only tells, whether anybody asks for it or not. */
const gate = 'renderer/client/gate-acts.ts';
const screens = filesBelow('renderer').filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && file !== gate,
);
const code = screens.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
/** Acts are sent by the name of their form: each act has one, or the table of payloads does not compile. */
const forms = Object.keys(payloads).map((action) => `case.${action}`);
const isAskedFor = (name: string) => code.includes(`'${name}'`) || forms.includes(name);

test('every method and stream is asked for by a window or is there for ctl, with a reason', () => {
  expect(Object.keys(api).filter((name) => !isAskedFor(name))).toEqual(Object.keys(forCtlOnly));
});
