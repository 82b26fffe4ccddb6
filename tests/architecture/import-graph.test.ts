import path from 'node:path';
import { expect, test } from 'vitest';
import { root, runTool, sourceFiles, treeOfViolations } from './run-tool.ts';

const roots = ['electron', 'renderer', 'tests'];

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

function cruise(folder: string): Cruise {
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...roots];
  const { stdout, stderr } = runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, folder);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Cruise;
}

test('each rule of the import graph finds the file that breaks it, and nothing else', () => {
  const { violations, ruleSetUsed } = cruise(treeOfViolations()).summary;
  const found = violations.map(({ rule, from }) => `${rule.name}: ${fileStem(from)}`).sort();
  expect(found).toEqual(ruleSetUsed.forbidden.map(({ name }) => `${name}: ${name}`).sort());
});

// The whole tree is read.
test('the import graph of the product sees every source file and breaks no rule', { timeout: 240_000 }, () => {
  const { modules, summary } = cruise(root);
  const seen = new Set(modules.map(({ source }) => source));
  const sources = sourceFiles();
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => !seen.has(file))).toEqual([]);
  expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
});

function fileStem(file: string): string {
  return path.basename(file).replace(/\.tsx?$/, '');
}
