import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutputOf } from '#contract/api.ts';
import { tableNames } from '#domain/reference/table-names.ts';
import type { Frames } from '#tests/support/frames.ts';
import { clientOf, hostInProcess, type HostInProcess } from '#tests/support/host-in-process.ts';

let running: HostInProcess;
let frames: Frames;
beforeAll(async () => {
  running = await hostInProcess();
  frames = await clientOf(running.host, 'in memory', 'operator');
});
afterAll(() => running.close());

test.each(tableNames)('%s: what was read is taken back as it is, and changes nothing', async (name) => {
  frames.send({ type: 'call', id: 'read', method: 'tables.read', input: { name } });
  const table = (await frames.nextOf('result')).value as OutputOf<'tables.read'>;
  const content = { name, columns: table.columns.map(({ id }) => id), rows: table.rows.map(({ cells }) => cells) };
  frames.send({ type: 'call', id: 'preview', method: 'rules.preview', input: content });
  const preview = (await frames.nextOf('result')).value as OutputOf<'rules.preview'>;
  expect(preview.problems.slice(0, 3)).toEqual([]);
  expect([preview.changedRows, preview.moves]).toEqual([[], []]);
});
