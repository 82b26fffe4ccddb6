import { expect, test } from 'vitest';
import { hashPin, LeaveGate, type KeyOutcome } from './leave-gate.ts';

const pin = hashPin('2468');

function keys(gate: LeaveGate, names: string, from = 0): KeyOutcome | undefined {
  return names
    .split(' ')
    .map((name, index) => gate.key(name, from + index * 100))
    .at(-1);
}

test('Esc once, or twice too slowly, does nothing', () => {
  const gate = new LeaveGate(() => pin);
  expect(gate.key('Escape', 0)).toBe('nothing');
  expect(gate.key('Escape', 2_001)).toBe('nothing');
  expect(gate.shown).toBeNull();
});

test('another key between them counts as nothing', () => {
  expect(keys(new LeaveGate(() => pin), 'Escape a Escape')).toBe('nothing');
});

test('Esc twice and the PIN leave the wall; the page learns how many digits there are', () => {
  const gate = new LeaveGate(() => pin);
  expect(keys(gate, 'Escape Escape 2 4 7 Backspace 6')).toBe('shown');
  expect(gate.shown).toEqual({ typed: 3, isWrong: false });
  expect(keys(gate, '8 Enter')).toBe('leave');
});

test('without a PIN somebody is asked', () => {
  const gate = new LeaveGate(() => null);
  expect(keys(gate, 'Escape Escape')).toBe('ask');
  expect(gate.shown).toBeNull();
});

test('a wrong one is said, Esc ends it, and so does half a minute without a key', () => {
  const gate = new LeaveGate(() => pin);
  keys(gate, 'Escape Escape 1 1 1 1 Enter');
  expect(gate.shown).toEqual({ typed: 0, isWrong: true });
  expect(gate.look(20_000)).toBe(false);
  expect(gate.look(40_000)).toBe(true);
  expect(gate.shown).toBeNull();
  keys(gate, 'Escape Escape Escape', 50_000);
  expect(gate.shown).toBeNull();
});

test('after five wrong ones nothing is taken for a minute, not even the right one', () => {
  const gate = new LeaveGate(() => pin);
  keys(gate, 'Escape Escape 1 Enter 1 Enter 1 Enter 1 Enter 1 Enter');
  expect(gate.shown).toBeNull();
  expect(keys(gate, 'Escape Escape 2 4 6 8 Enter', 30_000)).toBe('nothing');
  expect(keys(gate, 'Escape Escape 2 4 6 8 Enter', 62_000)).toBe('leave');
});

test('a hash that was cut short opens nothing', () => {
  const gate = new LeaveGate(() => ({ ...pin, hash: '' }));
  expect(keys(gate, 'Escape Escape 2 4 6 8 Enter')).toBe('shown');
});
