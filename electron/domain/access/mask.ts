/**
 * Phone and identity numbers in free text, masked before the text becomes a command (decision 3): the first three and
 * last two characters stay, so that a person who knows the number can recognise it.
 *
 * Masked: mobile numbers (11 digits from 13 to 19, also as 138 1234 5678 or 138-1234-5678, with or without +86),
 * landline numbers with area code (010-12345678, 0316 1234567), identity numbers of 18 digits (the last may be X) with
 * a possible date of birth. Left alone: any longer or shorter run of digits, such as grid codes (15 digits), case
 * numbers, dates and coordinates. The old identity numbers of 15 digits look like grid codes and are left alone too.
 */
export function maskPersonalNumbers(text: string): string {
  if (!/\d{4}/.test(text)) return text;
  return text.replace(identity, stars).replace(mobile, stars).replace(landline, stars);
}

/** A name as lists and panels may show it: its first character, then stars (security.md D1). */
export function maskName(name: string): string {
  const [first = ''] = name;
  return first === '' ? '' : `${first}**`;
}

/** A normal phone number as lists and panels may show it: 138****1234; of a short one only the last two digits stay. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(Math.max(0, phone.length - 2)) + phone.slice(-2);
  return phone.slice(0, 3) + '*'.repeat(phone.length - 7) + phone.slice(-4);
}

const identity = /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])/g;
const mobile = /(?<=(?<![\d.])(?:\+?86[ -]?)?)1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.]\d)(?!\d)/g;
const landline = /(?<![\d.])0\d{2,3}[ -]\d{7,8}(?!\d)/g;

function stars(number: string): string {
  return number.slice(0, 3) + '*'.repeat(number.length - 5) + number.slice(-2);
}
