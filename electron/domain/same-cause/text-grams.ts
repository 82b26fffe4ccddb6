import { synonyms } from './synonyms.ts';

const LETTERS = 3;

const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const han = /^\p{Script=Han}/u;
const digit = /\p{N}/u;
const replacements = new Map(
  synonyms.flatMap(([first = '', ...others]) => others.map((word) => [word, first] as const)),
);
const chineseWords = alternatives([...replacements.keys()].filter((word) => han.test(word)));
const latinWords = alternatives([...replacements.keys()].filter((word) => !han.test(word)));
const anySynonym = new RegExp(`${chineseWords}|(?<![a-z])(?:${latinWords})(?![a-z])`, 'g');

/** Full width to half width (NFKC), lower case, words joined by underscores apart, synonyms by their first word. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(anySynonym, (word) => replacements.get(word) ?? word);
}

/**
 * The distinct pieces of a text. Chinese: every character and every two in a row; no pair reaches over punctuation.
 * Letters: three in a row, the word's ends included, so that endings hardly matter. Whatever contains a digit stays
 * whole: house numbers, dates and number plates differ in one character. Other choices were measured and order the
 * examples of text-similarity.test.ts worse: pairs of characters alone, pairs of letters, whole words.
 */
export function gramsOf(text: string): readonly string[] {
  const grams = new Set<string>();
  for (const run of normalised(text).match(runs) ?? []) {
    if (han.test(run)) addChinese(run, grams);
    else if (digit.test(run)) grams.add(run);
    else addWord(run, grams);
  }
  return [...grams];
}

function addChinese(run: string, grams: Set<string>): void {
  let before = '';
  for (const character of run) {
    grams.add(character);
    if (before !== '') grams.add(before + character);
    before = character;
  }
}

function addWord(run: string, grams: Set<string>): void {
  const framed = ` ${run} `;
  for (let at = 0; at + LETTERS <= framed.length; at += 1) grams.add(framed.slice(at, at + LETTERS));
}

/** Longest first, so that a word is not taken for one that it begins with. */
function alternatives(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).join('|');
}
