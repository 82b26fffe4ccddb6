import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StoredEvent } from '#domain/case/events.ts';
import { evolve } from '#domain/case/evolve.ts';
import type { CaseState } from '#domain/case/state.ts';
import { SimulatedDay } from '#tests/builders/simulated-day.ts';
import { FOLD_VERSION } from './snapshot.ts';

/** Of the states that fold out of the events in `tests/replay`, and of the fields that the states of a simulated day have. */
const known = { version: 1, values: '251646ad7ef6febf', fields: 'acd34fcf367f6540' };

const replay = join(import.meta.dirname, '../../../tests/replay/events-v1.jsonl');

test('a fold that makes other states has another version, or old snapshots would be taken for new ones', () => {
  const states = new Map<string, CaseState>();
  for (const line of readFileSync(replay, 'utf8').trimEnd().split('\n')) {
    const event: StoredEvent = JSON.parse(line);
    states.set(event.caseId, evolve(states.get(event.caseId), event));
  }
  const day = new SimulatedDay({ ratePerHour: 125, speed: 20 });
  day.play(10);
  const fields = new Set<string>();
  for (const state of day.states.values()) noteFields(state, '', fields);
  expect({
    version: FOLD_VERSION,
    values: sumOf(JSON.stringify([...states])),
    fields: sumOf(JSON.stringify([...fields].sort())),
  }).toEqual(known);
});

function noteFields(value: unknown, path: string, fields: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) noteFields(one, `${path}[]`, fields);
  else if (typeof value === 'object' && value !== null && path !== '.extra') {
    for (const [name, own] of Object.entries(value)) noteFields(own, `${path}.${name}`, fields);
  } else fields.add(path);
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
