import { expect, test } from 'vitest';
import { runCtl, startHost } from '#tests/support/start-host.ts';

test('the default district over ctl: 1/30/629/1999, and a point is found down to its grid', async () => {
  const { dataFolder, stop } = await startHost({ args: ['--no-simulate'] });
  const ctl = async (...args: readonly string[]): Promise<unknown> => {
    const { exitCode, stdout, stderr } = await runCtl('--data', dataFolder, ...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };
  expect(await ctl('grid.summary')).toMatchObject({
    summary: '1/30/629/1999',
    isSchematic: true,
    levels: [
      { level: 1, count: 1 },
      { level: 2, count: 30 },
      { level: 3, count: 629 },
      { level: 4, count: 1_999 },
    ],
  });
  const located = await ctl('grid.locate', '{"lon":116.65,"lat":40.13}');
  expect(located).toMatchObject({
    gridCode: expect.stringMatching(/^110113\d{9}$/),
    path: [{ level: 1, code: '110113', name: '顺义区' }, { level: 2 }, { level: 3 }, { level: 4 }],
  });
  const path = (located as { path: readonly { code: string }[]; gridCode: string }).path;
  expect(path.at(-1)?.code).toBe((located as { gridCode: string }).gridCode);
  expect(await ctl('grid.locate', '{"lon":0,"lat":0}')).toEqual({ gridCode: null, path: [] });
  await stop();
});
