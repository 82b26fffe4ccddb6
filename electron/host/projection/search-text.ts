/**
 * Text as it is stored for searching and as a searched text is compared with it: full-width letters, digits and signs
 * become half-width ones, letters small, line breaks and tabs blanks. Fields of a case can thus be joined with line
 * breaks without a search matching across two of them.
 */
export function foldText(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\s]/g, ' ')
    .toLowerCase();
}

export function searchText(fields: readonly (string | null)[]): string {
  return fields
    .filter((field) => field !== null)
    .map(foldText)
    .join('\n');
}

/** `|110113|110113001|`: a code begins with `1101` exactly if the path contains {@link codePrefix} of `1101`. */
export function areaPathText(codes: readonly string[]): string {
  return codes.map(codePrefix).join('') + '|';
}

/** Codes may hold any sign, so the separator is escaped in them; the beginning of a code stays a beginning. */
export function codePrefix(code: string): string {
  return '|' + code.replaceAll('%', '%25').replaceAll('|', '%7C');
}
