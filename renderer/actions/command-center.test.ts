import { expect, test } from 'vitest';
import { ActGate } from './act-gate.ts';
import { CommandCenter } from './command-center.ts';
import { commands, isAct } from './commands.ts';

test('while the gate is shut no act is run, by key or by button; looking around goes on', () => {
  const gate = new ActGate();
  const center = new CommandCenter(gate);
  const ran: string[] = [];
  for (const { id } of commands) center.register(id, () => void ran.push(id));
  gate.shut();
  for (const { id } of commands) expect({ id, hasRun: center.run(id) }).toEqual({ id, hasRun: !isAct(id) });
  expect(ran).toEqual(commands.filter((command) => !command.isAct).map(({ id }) => id));
  expect(ran).not.toContain('next_step');
  gate.open();
  expect(center.run('next_step')).toBe(true);
});

test('what opens a form or changes anything is an act; what only shows is none', () => {
  expect(commands.filter((command) => !command.isAct).map(({ id }) => id)).toEqual([
    ...[
      'search',
      'command_line',
      'palette',
      'mute_alarms',
      'list_or_map',
      'find_place',
      'focus_queue',
      'focus_case',
      'let_in',
    ],
    'lock',
    ...['past', 'past_play', 'past_back', 'past_forward', 'language'],
    ...[
      'workspace_accept',
      'workspace_dispatch',
      'workspace_supervise',
      'workspace_lead',
      'workspace_assess',
      'workspace_emergency',
      'workspace_all',
    ],
    ...['reset_layout', 'shortcuts', 'back'],
  ]);
});

test('the last that registered is asked first, and may leave it to the one before', () => {
  const center = new CommandCenter(new ActGate());
  const asked: string[] = [];
  center.register('back', () => void asked.push('map'));
  const stop = center.register('back', () => {
    asked.push('form');
    return false;
  });
  expect(center.run('back')).toBe(true);
  expect(asked).toEqual(['form', 'map']);
  stop();
  expect(center.run('back')).toBe(true);
  expect(asked).toEqual(['form', 'map', 'map']);
});
