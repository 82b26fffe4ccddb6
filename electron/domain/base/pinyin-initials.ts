/** The first character of each initial, in the order of the system's collation by pinyin. */
const first = [
  ...(['a吖', 'b丷', 'c嚓', 'd咑', 'e妸', 'f发', 'g旮', 'h哈', 'j丌', 'k咔', 'l垃', 'm呣'] as const),
  ...(['n拏', 'o喔', 'p妑', 'q七', 'r呥', 's仨', 't他', 'w屲', 'x夕', 'y丫', 'z帀'] as const),
].map((pair) => ({ letter: pair[0] ?? '', character: pair[1] ?? '' }));

const byPinyin = new Intl.Collator('zh-CN-u-co-pinyin');
const known = new Map<string, string>();

/**
 * Initials of a name by pinyin, small: 天竺镇 → `tzz`; Latin letters and digits stay, everything else goes. A character with
 * several readings has the one by which the system sorts it. Empty where the system can't sort by pinyin.
 */
export function pinyinInitials(name: string): string {
  if (!sortsByPinyin) return '';
  return Array.from(name, initialOf).join('');
}

const sortsByPinyin = first.every(
  ({ character }, index) => index === 0 || byPinyin.compare(first[index - 1]?.character ?? '', character) < 0,
);

function initialOf(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase();
  if (!/\p{Script=Han}/u.test(character)) return '';
  const before = known.get(character);
  if (before !== undefined) return before;
  const found = first.findLast((one) => byPinyin.compare(one.character, character) <= 0)?.letter ?? '';
  known.set(character, found);
  return found;
}
