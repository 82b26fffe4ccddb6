import { expect, test } from 'vitest';
import { draftOf, mappingOf } from './mapping-draft.ts';

test('a mapping survives being edited', () => {
  const mapping = {
    columns: { externalId: 'CaseID', reportedAt: 'Opened', state: 'Status' },
    timeZone: 'America/Los_Angeles',
    missing: ['NA', ''],
    states: { Open: 'open', Closed: 'closed' },
  } as const;
  expect(mappingOf(draftOf({ ...mapping, missing: [...mapping.missing] }))).toEqual(mapping);
});

test('without the two needed columns there is no mapping', () => {
  expect(mappingOf(draftOf(null))).toBeNull();
  expect(mappingOf({ ...draftOf(null), columns: { externalId: 'a' } })).toBeNull();
});

test('state words may hold an equals sign; lines that are no pair are left out', () => {
  const draft = {
    ...draftOf(null),
    columns: { externalId: 'a', reportedAt: 'b' },
    states: 'a=b=closed\nrubbish\n=open',
  };
  expect(mappingOf(draft)?.states).toEqual({ 'a=b': 'closed' });
});
