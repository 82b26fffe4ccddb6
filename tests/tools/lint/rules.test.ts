import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const oxlint = path.resolve(import.meta.dirname, '../../../node_modules/oxlint/bin/oxlint');
const plugin = path.join(import.meta.dirname, 'plugin.mjs');

/** Runs the linter itself with this one rule; the number of findings by code. */
function findings(rule: string, codes: readonly string[]): Readonly<Record<string, number>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lint-rule-'));
  try {
    const config = {
      plugins: [],
      categories: { correctness: 'off' },
      jsPlugins: [plugin],
      rules: { [`house/${rule}`]: 'error' },
    };
    writeFileSync(path.join(folder, '.oxlintrc.json'), JSON.stringify(config));
    for (const [index, code] of codes.entries()) writeFileSync(path.join(folder, `${index}.tsx`), code);
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', '.'], { cwd: folder, encoding: 'utf8' });
    const { diagnostics, number_of_files: files } = JSON.parse(stdout) as Report;
    expect(files).toBe(codes.length);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set([`house(${rule})`]));
    const of = (index: number) => diagnostics.filter(({ filename }) => filename === `${index}.tsx`).length;
    return Object.fromEntries(codes.map((code, index) => [code, of(index)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
  readonly number_of_files: number;
}

function checks(
  rule: string,
  { valid, invalid }: { readonly valid: readonly string[]; readonly invalid: readonly string[] },
) {
  test(rule, () => {
    expect(findings(rule, [...valid, ...invalid])).toEqual(
      Object.fromEntries([...valid.map((code) => [code, 0]), ...invalid.map((code) => [code, 1])]),
    );
  });
}

checks('no-ambient-values', {
  valid: [
    'const at = new Date(now);',
    'const rounded = Math.round(value);',
    'const parsed = Date.parse(text);',
    'const at = clock.now();',
    'const next = random();',
    'const named = { Date: 1, now: 2 };',
  ],
  invalid: [
    'const at = Date.now();',
    "const at = Date['now']();",
    'const clock = { now: Date.now };',
    'const at = new Date();',
    'const text = Date();',
    'const share = Math.random();',
    'const at = performance.now();',
    'const id = crypto.randomUUID();',
  ],
});

checks('no-chinese-in-screens', {
  valid: [
    '/** 立案 */ export const Register = () => <button>{t("case.register")}</button>;',
    'const name = `case ${id}`;',
    'const 立案 = 1;',
  ],
  invalid: [
    'const title = "立案";',
    'const title = `案件 ${id}`;',
    'const Title = () => <h1>案件</h1>;',
    'const Title = () => <h1 aria-label="案件" />;',
    'const title = "\\u6848";',
  ],
});

checks('raw-ipc-in-its-files', {
  valid: [
    'import { app, BrowserWindow } from "electron";',
    'import { ipcMain } from "./fake.ts";',
    'window.postMessage(message, origin);',
    'socket.send(text);',
    'const id = window.webContents.id;',
  ],
  invalid: [
    'import { ipcMain } from "electron";',
    'import { ipcRenderer as quiet } from "electron";',
    'import * as electron from "electron"; electron.ipcMain.handle("x", y);',
    'window.webContents.send("x", 1);',
    'webContents.postMessage("x", 1);',
    'window["webContents"]["send"]("x");',
  ],
});

checks('sql-in-projection', {
  valid: [
    'const text = "Select a case from the list";',
    'const text = "Update the state SET by nobody";',
    'const text = "BEGIN the day with a list";',
    'const key = "SELECT";',
  ],
  invalid: [
    'db.run("SELECT id FROM cases");',
    'db.run(`SELECT id\n FROM ${table}`);',
    'db.run("  INSERT OR REPLACE INTO cases VALUES (?)");',
    'db.run("UPDATE cases SET state = ?");',
    'db.run("DELETE FROM cases");',
    'db.run("CREATE UNIQUE INDEX a ON cases (id)");',
    'db.run("PRAGMA page_size");',
    'db.run("BEGIN");',
  ],
});
