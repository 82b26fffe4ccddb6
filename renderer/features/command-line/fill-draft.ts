import type { Instant } from '#domain/base/instant.ts';
import { pinyinInitials } from '#domain/base/pinyin-initials.ts';
import { dayOf } from '#domain/reference/day.ts';
import { formShapes, withLead, type Draft, type FieldName } from '#renderer/acts/act-draft.ts';
import type { CaseAct } from '#renderer/acts/next-actions.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What words of a line may mean beside themselves. */
export interface FillFrom {
  /** The unit that the first word names; null: none does. */
  readonly unit: string | null;
  readonly reasons: readonly Choice[];
  readonly parties: readonly Choice[];
  /** Numbers of the cases that digits name, by these digits. */
  readonly cases: ReadonlyMap<string, string>;
  /** Time that counts on the screen. */
  readonly now: Instant;
}

/** Where words go that mean nothing else, first come first. */
const freeText: readonly FieldName[] = ['reason', 'words', 'result', 'contactResult', 'reply', 'condition', 'opinion'];

/** Fills a form with the words of a line; what each word means is decided by the fields that the act has. */
export function fillDraft(action: CaseAct, first: Draft, words: readonly string[], from: FillFrom): Draft {
  const names = new Set(formShapes[action].map(({ name }) => name));
  let draft = first;
  const set = (name: FieldName, value: string) => {
    draft = { ...draft, text: { ...draft.text, [name]: value } };
  };
  const left: string[] = [];
  const ids: string[] = [];
  for (const [at, word] of words.entries()) {
    if (names.has('unit') && at === 0 && from.unit !== null) {
      draft = withLead({ ...draft, orders: [], text: { ...draft.text, mode: 'frontline' } }, from.unit);
    } else if (names.has('until') && takesDay(word)) continue;
    else if (names.has('ids') && from.cases.has(word)) ids.push(from.cases.get(word) ?? '');
    else if (names.has('mergedId') && from.cases.has(word)) set('mergedId', from.cases.get(word) ?? '');
    else if (names.has('level') && takesSupervision(word)) continue;
    else if (names.has('reasonCode') && takesReason(word)) continue;
    else if (names.has('isGranted') && takesAnswer(word)) continue;
    else left.push(word);
  }
  if (ids.length > 0) set('ids', ids.join(' '));
  const target = freeText.find((name) => names.has(name));
  if (left.length > 0 && target !== undefined) set(target, left.join(' '));
  return draft;

  function takesDay(word: string): boolean {
    if (word === '至' || word === '到') return true;
    const day = dayIn(word, from.now);
    if (day !== null) set('until', day);
    return day !== null;
  }

  function takesSupervision(word: string): boolean {
    const [, level] = /^([123])级?$/.exec(word) ?? [];
    if (level !== undefined) set('level', level);
    const answerBy = answerTimesIn.find(({ pattern }) => pattern.test(word))?.choice;
    if (answerBy !== undefined) set('answerBy', answerBy);
    const party = meant(word, from.parties);
    if (party !== null) set('party', party.id);
    return level !== undefined || answerBy !== undefined || party !== null;
  }

  function takesReason(word: string): boolean {
    const found = meant(word, from.reasons);
    if (found === null || (draft.text.reasonCode ?? '') !== '') return false;
    set('reasonCode', found.id);
    set('reason', found.name);
    return true;
  }

  function takesAnswer(word: string): boolean {
    if (!/^(不?同意|b?ty)$/.test(word)) return false;
    set('isGranted', /^(不|b)/.test(word) ? 'no' : 'yes');
    return true;
  }
}

const answerTimesIn = [
  { pattern: /^(2|两|二)小时/, choice: 'hours2' },
  { pattern: /^今[天日]/, choice: 'today' },
  { pattern: /^明[天日]/, choice: 'tomorrow' },
  { pattern: /^不限/, choice: 'none' },
] as const;

/** A choice by its code, its name or the beginning of it, or the initials of its name. */
function meant(word: string, choices: readonly Choice[]): Choice | null {
  const typed = word.toLowerCase();
  return (
    choices.find(({ id }) => id.toLowerCase() === typed) ??
    choices.find(({ name }) => name.toLowerCase() === typed) ??
    choices.find(({ name }) => typed.length >= 2 && name.toLowerCase().startsWith(typed)) ??
    choices.find(({ name }) => typed.length >= 2 && pinyinInitials(name) === typed) ??
    null
  );
}

/** A day as people write it, `2026-12-01`; one without a year is the next such day. Null for anything else. */
export function dayIn(word: string, now: Instant): string | null {
  const plain = word.replace(/^[至到]/, '');
  const [, year, month, day] = /^(?:(\d{4})[-/年.])?(\d{1,2})[-/月.](\d{1,2})日?$/.exec(plain) ?? [];
  if (month === undefined || day === undefined) return null;
  const today = dayOf(now);
  const written = (of: number) => `${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const found =
    year === undefined
      ? written(thisYear) < today
        ? written(thisYear + 1)
        : written(thisYear)
      : written(Number(year));
  const parsed = Date.parse(`${found}T00:00:00Z`);
  return Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== found ? null : found;
}
