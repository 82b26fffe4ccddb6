import { expect, test } from 'vitest';
import type { Client } from '#renderer/client/client.ts';
import { Directory } from './directory.ts';

function aClient() {
  const asked: string[] = [];
  const unit = { code: '91-O1', name: '环卫办', kind: 'office', parent: '91', parentName: '东镇' };
  const call = (name: string, input: { readonly text?: string; readonly unit?: string }) => {
    asked.push(`${name} ${input.text ?? input.unit}`);
    const value =
      name === 'units.find' ? { units: [unit] } : { people: [{ id: 'P1', display: '甲', post: 'handler' }] };
    return Promise.resolve({ ok: true, value });
  };
  return { asked, client: { call } as unknown as Client };
}

test('each unit and its people are asked for once, and told when they are known', async () => {
  const { asked, client } = aClient();
  const directory = new Directory(client);
  const told: number[] = [];
  directory.onChange(() => told.push(directory.version));
  expect([directory.unit('91-O1'), directory.unit('91-O1'), directory.people('91-O1')]).toEqual([
    undefined,
    undefined,
    [],
  ]);
  await Promise.resolve();
  await Promise.resolve();
  expect(directory.unit('91-O1')?.name).toBe('环卫办');
  expect(directory.people('91-O1')).toHaveLength(1);
  expect(asked).toEqual(['units.find 91-O1', 'units.people 91-O1']);
  expect(told).toEqual([1, 2]);
});

test('an unknown unit stays unknown and is not asked for again', async () => {
  const { asked, client } = aClient();
  const directory = new Directory(client);
  directory.unit('nowhere');
  await Promise.resolve();
  await Promise.resolve();
  expect(directory.unit('nowhere')).toBeUndefined();
  expect(asked).toHaveLength(1);
});
