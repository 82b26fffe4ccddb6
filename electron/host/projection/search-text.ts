/** How far the full-width form of a half-width sign (！ to ～) lies behind it. */
const WIDTH = 0xfee0;
/** With more signs than these in a term, only all of them half-width and all full-width are tried. */
const MAX_MIXED_SIGNS = 4;

/**
 * What a case must contain, each in one of its fields: the parts of a searched text between blanks. Full-width letters,
 * digits and signs become half-width ones, letters small.
 */
export function termsOf(text: string): readonly string[] {
  const folded = foldLetters(text).replace(/[\uff01-\uff5e]/g, (wide) => shifted(wide, -WIDTH));
  return [...new Set(folded.split(/\s+/))].filter((term) => term !== '');
}

/**
 * The texts of which a field must hold one to hold the term: each of its signs half-width or full-width, as people mix
 * them. Letters and digits are folded in the fields instead, see {@link foldedText}.
 */
export function formsOf(term: string): readonly string[] {
  const signs = [...term.matchAll(/[!-/:-@[-`{-~]/g)];
  if (signs.length > MAX_MIXED_SIGNS) return [term, term.replace(/[!-/:-@[-`{-~]/g, (sign) => shifted(sign, WIDTH))];
  let forms = [term];
  for (const { index } of signs) {
    const wide = (form: string) => form.slice(0, index) + shifted(form.charAt(index), WIDTH) + form.slice(index + 1);
    forms = forms.flatMap((form) => [form, wide(form)]);
  }
  return forms;
}

/**
 * The fields that hold capital or full-width letters or digits, with small half-width ones; null if none does, as with
 * most, so that only few texts are kept a second time: what a field holds as it is, need not be found here. They are
 * joined with line breaks, which no term holds.
 */
export function foldedText(fields: readonly (string | null)[]): string | null {
  const folded: string[] = [];
  for (const field of fields) {
    if (field === null) continue;
    const other = foldLetters(field);
    if (other !== field) folded.push(other);
  }
  return folded.length === 0 ? null : folded.join('\n');
}

/**
 * `|110113001|mission|`: a code begins with `1101` exactly if the path contains {@link codePrefix} of `1101`. A code that
 * another one begins with, as in most districts all above the grid, need not be there.
 */
export function areaPathText(codes: readonly string[]): string {
  const longest = codes.filter((code) => !codes.some((other) => covers(other, code)));
  return [...new Set(longest)].map(codePrefix).join('') + '|';
}

function covers(longer: string, code: string): boolean {
  return longer.length > code.length && longer.startsWith(code);
}

/** Codes may hold any sign, so the separator is escaped in them; the beginning of a code stays a beginning. */
export function codePrefix(code: string): string {
  return '|' + code.replaceAll('%', '%25').replaceAll('|', '%7C');
}

function foldLetters(text: string): string {
  return text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (wide) => shifted(wide, -WIDTH)).toLowerCase();
}

function shifted(sign: string, by: number): string {
  return String.fromCharCode(sign.charCodeAt(0) + by);
}
