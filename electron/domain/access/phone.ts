/**
 * A phone number as digits, so that one number is one text however it was written: full-width digits, blanks, hyphens and
 * brackets are taken away, and the country code +86 (0086, 86) before a mobile number or an area code. Null for what is no
 * number of 5 to 15 digits.
 */
export function normalPhone(text: string): string | null {
  const plain = text.normalize('NFKC').replaceAll(/[\s()\-‐–—.]/g, '');
  const [, digits] = /^\+?(\d{5,15})$/.exec(plain) ?? [];
  if (digits === undefined) return null;
  return digits.replace(/^(?:00)?86(?=1[3-9]\d{9}$|0\d{9,11}$)/, '');
}
