import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './run-tool.ts';

const documents = [
  'README.md',
  'electron/README.md',
  'renderer/README.md',
  'tests/README.md',
  'tests/budgets/README.md',
  'resources/tables/README.md',
  ...filesBelow('electron/decisions').filter((file) => file.endsWith('.md')),
];

/** A path starts with one of these, from the root or from the document's own folder. */
const starts = ['electron', 'renderer', 'resources', 'tests', 'domain', 'contract', 'host', 'main', 'preload', '.ci'];

/** Paths named in a document: the targets of its links, and what looks like a path of ours in code. */
export function pathsIn(markdown: string): readonly string[] {
  const links = [...markdown.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
  const code = [...markdown.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(([, block, inline]) =>
    (block ?? inline ?? '').split(/[\s,;:'"()|]+/),
  );
  const named = code.filter((word) => /^[\w.@-]+\//.test(word) && starts.includes(word.split('/')[0] ?? ''));
  return [...new Set([...links.filter((target) => !/^[a-z]+:/.test(target)), ...named])];
}

test.each(documents)('every path that %s names exists', (document) => {
  const paths = pathsIn(readFileSync(path.join(root, document), 'utf8'));
  const isThere = (named: string) =>
    [root, path.join(root, path.dirname(document))].some((base) => existsIn(base, named.replace(/\/$/, '')));
  expect(paths.filter((named) => !isThere(named))).toEqual([]);
});

test('paths are found in links, in code and in blocks, and other words are not', () => {
  const text = [
    'See [decide](domain/case/decide.ts#L3) and [the net](https://example.org/a/b).',
    'Run `npm run bench -- --json FILE`, read `tests/budgets/README.md`, call `GET /wire`.',
    '```',
    'electron/main, preload   the shell',
    '```',
  ].join('\n');
  expect(pathsIn(text)).toEqual(['domain/case/decide.ts', 'tests/budgets/README.md', 'electron/main']);
});

/** One `*` in a last name stands for any file of that kind; at least one must be there. */
function existsIn(base: string, named: string): boolean {
  const full = path.join(base, named);
  if (!named.includes('*')) return existsSync(full);
  const folder = path.relative(root, path.dirname(full));
  const [start = '', end = ''] = path.basename(full).split('*');
  if (!existsSync(path.dirname(full))) return false;
  return filesBelow(folder).some((file) => path.basename(file).startsWith(start) && file.endsWith(end));
}
