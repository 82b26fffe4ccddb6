import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root, runTool, treeOfViolations } from './run-tool.ts';

test('each rule that the configuration names finds the file that breaks it, and nothing else', () => {
  const { stdout, status } = runTool('oxlint/bin/oxlint', ['--format=json'], treeOfViolations());
  const { diagnostics } = JSON.parse(stdout) as Report;
  const found = diagnostics.map(({ code, filename }) => `${path.basename(filename).replace(/\.tsx?$/, '')}: ${code}`);
  expect(found.sort()).toEqual(namedRules().map((rule) => `${nameOf(rule)}: ${codeOf(rule)}`));
  expect(status).toBe(1);
});

test('no file in violations/ waits for a rule that is gone', () => {
  const importRules = readFileSync(path.join(root, '.dependency-cruiser.mjs'), 'utf8').matchAll(/^ +name: '(.+)'/gm);
  const rules = [...[...importRules].map(([, name = '']) => name), ...namedRules().map(nameOf)];
  const good = ['create-host', 'desk', 'fine', 'fine.test', 'later', 'schema'];
  const bad = filesBelow('tests/architecture/violations')
    .map((file) => path.basename(file).replace(/\.tsx?$/, ''))
    .filter((name) => !good.includes(name));
  expect(bad.toSorted()).toEqual(rules.toSorted());
});

/** The rules switched on by name, by their name in the configuration, ordered by the part after the slash. */
function namedRules(): readonly string[] {
  const text = readFileSync(path.join(root, '.oxlintrc.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
  const { rules, overrides } = JSON.parse(text) as Config;
  const named = [rules, ...overrides.map((override) => override.rules)].flatMap((some) => Object.entries(some));
  const on = new Set(named.filter(([, level]) => level !== 'off').map(([rule]) => rule));
  return [...on].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(rule: string): string {
  return rule.slice(rule.indexOf('/') + 1);
}

/** A rule as findings name it: rules about hooks keep the name of the plugin they once came in. */
function codeOf(rule: string): string {
  const plugin = rule.slice(0, rule.indexOf('/'));
  return `${plugin === 'react' ? 'react-hooks' : plugin}(${nameOf(rule)})`;
}

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

interface Config {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly overrides: readonly { readonly rules: Readonly<Record<string, unknown>> }[];
}
