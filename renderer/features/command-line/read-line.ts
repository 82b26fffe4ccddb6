import { findVerb, type ActVerb, type VerbsFound } from './verbs.ts';

/** Which case a line speaks of: the one that is open, or last digits of a number. */
export type ObjectWord = { readonly kind: 'open' } | { readonly kind: 'digits'; readonly digits: string };

/**
 * What a typed line says (desk-wall-briefing.md §9.7): verb, object, and the words behind it. Nothing is looked up here:
 * that belongs to the case, the units and the tables of the moment.
 */
export type Reading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'palette'; readonly text: string }
  | { readonly kind: 'unclear'; readonly word: string; readonly candidates: VerbsFound['candidates'] }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'open'; readonly object: ObjectWord | null }
  | {
      readonly kind: 'act';
      readonly verb: ActVerb;
      /** Null while it is not typed. */
      readonly object: ObjectWord | null;
      readonly words: readonly string[];
    };

/** Reads a line; never fails. Full-width forms of an input method count as their plain ones. */
export function readLine(line: string): Reading {
  const text = line.normalize('NFKC').trim();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('>')) return { kind: 'palette', text: text.slice(1).trim() };
  // A number typed at once: the case is meant.
  if (/^\d{2,}$/.test(text)) return { kind: 'open', object: { kind: 'digits', digits: text } };
  // Chinese is typed without blanks: 派0042.
  const [, head = '', tail = ''] = /^([^\s\d.。]+)\s*(.*)$/u.exec(text) ?? [];
  const { verb, candidates } = findVerb(head);
  if (verb === null) return { kind: 'unclear', word: head === '' ? text : head, candidates };
  if (verb.kind === 'search') return { kind: 'search', text: tail };
  const { object, rest } = readObject(tail);
  if (verb.kind === 'open') return { kind: 'open', object };
  return { kind: 'act', verb, object, words: rest.split(/\s+/).filter(Boolean) };
}

/** Digits are the object only as a word of their own: in 12-01 they are a day. */
function readObject(tail: string): { readonly object: ObjectWord | null; readonly rest: string } {
  const dot = /^[.。]\s*(.*)$/u.exec(tail);
  if (dot !== null) return { object: { kind: 'open' }, rest: dot[1] ?? '' };
  const [, digits, rest = ''] = /^(\d{1,24})(?![\d\-/月级])\s*(.*)$/u.exec(tail) ?? [];
  return digits === undefined ? { object: null, rest: tail } : { object: { kind: 'digits', digits }, rest };
}

const DIGITS_OF_A_NUMBER = 4;

/** Cases whose number ends with the digits, newest first: 42 is 0042. */
export function casesEndingWith<Row extends { readonly id: string; readonly reportedAt: number }>(
  digits: string,
  rows: Iterable<Row>,
): readonly Row[] {
  const end = digits.padStart(DIGITS_OF_A_NUMBER, '0');
  const found: Row[] = [];
  for (const row of rows) if (row.id.endsWith(end)) found.push(row);
  return found.toSorted((a, b) => b.reportedAt - a.reportedAt);
}
