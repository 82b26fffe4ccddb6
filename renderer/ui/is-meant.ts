/**
 * Whether an entry of a list is meant by what is typed: each word stands in its text, or begins its pinyin initials (two
 * letters at least, since one letter begins half of a list).
 */
export function isMeant(entry: { readonly text: string; readonly initials: string }, typed: string): boolean {
  const text = entry.text.toLowerCase();
  return typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word) || (word.length >= MIN_INITIALS && entry.initials.startsWith(word)));
}

const MIN_INITIALS = 2;
