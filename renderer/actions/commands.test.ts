import { expect, test } from 'vitest';
import { commandOf, commands, type Stroke } from './commands.ts';

function press(key: string, change: Partial<Stroke> = {}): Stroke {
  const modifiers = { altKey: false, ctrlKey: false, metaKey: false };
  return { key, code: '', keyCode: 0, isComposing: false, isInTextField: false, ...modifiers, ...change };
}

test('no key twice', () => {
  expect(new Set(commands.map(({ key }) => key)).size).toBe(commands.length);
});

test('function keys act everywhere, bare characters not inside text fields', () => {
  expect(commandOf(press('F6', { isInTextField: true }))).toBe('next_step');
  expect(commandOf(press('?'))).toBe('shortcuts');
  expect(commandOf(press('?', { isInTextField: true }))).toBeNull();
});

test('Alt keys go by their place, whatever character the system makes of them', () => {
  expect(commandOf(press('œ', { altKey: true, code: 'KeyQ' }))).toBe('focus_queue');
  expect(commandOf(press('q', { code: 'KeyQ' }))).toBeNull();
  expect(commandOf(press('F6', { altKey: true }))).toBeNull();
});

test('nothing acts while an input method composes, or with the system’s own modifiers', () => {
  expect(commandOf(press('F6', { isComposing: true }))).toBeNull();
  expect(commandOf(press('Escape', { keyCode: 229 }))).toBeNull();
  expect(commandOf(press('F6', { ctrlKey: true }))).toBeNull();
});
