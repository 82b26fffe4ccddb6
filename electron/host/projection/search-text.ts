/**
 * Text as a searched text is compared with it: full-width letters, digits and signs become half-width ones, letters
 * small, line breaks and tabs blanks.
 */
export function foldText(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\s]/g, ' ')
    .toLowerCase();
}

/** What a case must contain, each in one of its fields: the parts of a searched text between blanks, folded. */
export function termsOf(text: string): readonly string[] {
  return [...new Set(foldText(text).split(' '))].filter((term) => term !== '');
}

/**
 * The fields that read differently when folded, folded; null if none does, as with most. A term is folded: what a field
 * contains as it is, it contains folded too, so that only these need be kept a second time. They are joined with line
 * breaks, which no term holds, and no search matches across two of them.
 */
export function foldedText(fields: readonly (string | null)[]): string | null {
  const folded: string[] = [];
  for (const field of fields) {
    if (field === null) continue;
    const other = foldText(field);
    if (other !== field) folded.push(other);
  }
  return folded.length === 0 ? null : folded.join('\n');
}

/** `|110113|110113001|`: a code begins with `1101` exactly if the path contains {@link codePrefix} of `1101`. */
export function areaPathText(codes: readonly string[]): string {
  return codes.map(codePrefix).join('') + '|';
}

/** Codes may hold any sign, so the separator is escaped in them; the beginning of a code stays a beginning. */
export function codePrefix(code: string): string {
  return '|' + code.replaceAll('%', '%25').replaceAll('|', '%7C');
}
