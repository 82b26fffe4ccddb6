import { expect, test } from 'vitest';
import { commands, type CommandId } from '#renderer/actions/commands.ts';
import { findCommands } from './find-commands.ts';

const titles: Partial<Record<CommandId, string>> = {
  rules: '规则表',
  backup: '备份',
  merge: '同因并案',
  language: '切换语言',
};
const find = (text: string) => findCommands(text, (id) => titles[id] ?? id).map(({ id }) => id);

test('commands are found by title, initials and key, beginnings first', () => {
  expect(find('规则')).toEqual(['rules']);
  expect(find('gzb')).toEqual(['rules']);
  expect(find('alt+b')[0]).toBe('backup');
  expect(find('ba')[0], 'the beginning of no title, the middle of initials').toBe('back');
  expect(find('什么')).toEqual([]);
});

test('without a text all are listed but the two that open the list', () => {
  expect(find('')).toHaveLength(commands.length - 2);
});
