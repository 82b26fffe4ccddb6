/** Roughly how wide a text of 13 u is, in units: 汉字 are square, digits and Latin about half of that. */
export function textWidth(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 13 : 7.2), 0);
}
