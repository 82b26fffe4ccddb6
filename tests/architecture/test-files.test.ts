import { expect, test } from 'vitest';
import { root, runTool, sourceFiles } from './run-tool.ts';

const unit = /\.test\.tsx?$/;
const endToEnd = /\.spec\.tsx?$/;

test('every test beside the code or below tests/ is run by vitest', () => {
  const { stdout } = runTool('vitest/vitest.mjs', ['list', '--filesOnly', '--json'], root);
  const listed = (JSON.parse(stdout) as readonly { readonly file: string }[]).map(({ file }) =>
    file.slice(root.length + 1).replaceAll('\\', '/'),
  );
  expect(listed.sort()).toEqual(
    sourceFiles()
      .filter((file) => unit.test(file))
      .toSorted(),
  );
});

test('every end-to-end test lies where Playwright looks', () => {
  const specs = sourceFiles().filter((file) => endToEnd.test(file));
  expect(specs.filter((file) => !/^tests\/e2e\/(browser|electron)\//.test(file))).toEqual([]);
});
