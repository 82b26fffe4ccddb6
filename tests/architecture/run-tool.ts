import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../..');

/** What a tool needs to judge a tree as it judges ours. */
const configs = [
  'package.json',
  'tsconfig.json',
  '.dependency-cruiser.mjs',
  '.oxlintrc.json',
  'tests/tools/lint',
  'tests/tools/tsconfig.json',
  ...['domain', 'contract', 'host', 'main', 'preload'].map((folder) => `electron/${folder}/tsconfig.json`),
  'renderer/tsconfig.json',
  'tests/tsconfig.json',
];

/** A copy of violations/ in the place of the real tree, under the real configuration, until the test ends. */
export function treeOfViolations(): string {
  const tree = realpathSync(mkdtempSync(path.join(tmpdir(), 'violations-')));
  onTestFinished(() => rmSync(tree, { recursive: true }));
  cpSync(path.join(import.meta.dirname, 'violations'), tree, { recursive: true });
  for (const config of configs) cpSync(path.join(root, config), path.join(tree, config), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'), 'dir');
  return tree;
}

/** Runs a tool of node_modules in `folder`; its output and exit code. */
export function runTool(bin: string, args: readonly string[], folder: string) {
  const file = path.join(root, 'node_modules', bin);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { stdout, stderr, status };
}

/** The source files below the folders of code, as paths from the root; violations are not ours. */
export function sourceFiles(folders: readonly string[] = ['electron', 'renderer', 'tests']): readonly string[] {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .filter((file) => !/^tests\/architecture\/(violations|compiler)\//.test(file));
}

/** Every file below a folder of the root, as paths from the root with forward slashes. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}
