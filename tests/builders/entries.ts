import { Random } from '#domain/base/random.ts';
import { plus, type Instant } from '#domain/base/instant.ts';
import type { CaseEvent } from '#domain/case/events.ts';
import type { NewEntry } from '#host/ports/journal.ts';
import { morning, play, routine } from './cases.ts';

/** An entry of one report; `serial` makes it unlike others. */
export function aNewEntry(serial = 1, change: Partial<NewEntry> = {}): NewEntry {
  return {
    at: plus(morning, serial),
    commandId: `command-${serial}`,
    actor: 'desk-1',
    events: [eventOf(serial)],
    tables: { limits: '2026-01', units: 'district-1' },
    ...change,
  };
}

/** Entries with every event of a case's way from 上报 to 结案, one event each, for as many cases as needed. */
export function someEntries(count: number, from = 1): readonly NewEntry[] {
  return Array.from({ length: count }, (_, index) => aNewEntry(from + index));
}

/** Entries of very unlike sizes: none, one or several events, and texts from a word to `maxCharacters`. */
export function mixedEntries(count: number, seed: number, maxCharacters = 2_000): readonly NewEntry[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => {
    const serial = random.integer(1, 1_000_000);
    const words = '井盖破损🕳"路\\口'.repeat(random.integer(0, Math.ceil(maxCharacters / 10)));
    const events = Array.from({ length: random.integer(0, 3) }, (_none, place) => eventOf(serial + place));
    return aNewEntry(index + 1, { commandId: `mixed-${serial}`, actor: words.slice(0, maxCharacters), events });
  });
}

const wholeCase: readonly CaseEvent[] = play(routine('20261124000001')).events;

function eventOf(serial: number): CaseEvent {
  const event = wholeCase[serial % wholeCase.length] ?? wholeCase[0];
  if (event === undefined) throw new Error('a played case has events');
  const at: Instant = plus(event.at, serial);
  return { ...event, at, caseId: `20261124${String(Math.ceil(serial / wholeCase.length)).padStart(6, '0')}` };
}
