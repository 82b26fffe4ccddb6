/**
 * The one text of a value: JSON without white space, keys of every object sorted by UTF-16 code units, numbers and
 * strings as `JSON.stringify` writes them, properties that are undefined left out (RFC 8785).
 *
 * @throws TypeError for what JSON cannot carry: numbers that are not finite, undefined in a list, functions, bigints
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`no JSON for ${value}`);
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? listText(value) : objectText(value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(`no JSON for ${typeof value}`);
  }
}

function listText(list: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += ',';
    text += canonicalJson(list[index]);
  }
  return `${text}]`;
}

function objectText(object: Readonly<Record<string, unknown>>): string {
  const { sorted, labels } = shapeOf(Object.keys(object));
  let text = '';
  for (let index = 0; index < sorted.length; index += 1) {
    const value = object[sorted[index] as string];
    if (value === undefined) continue;
    text += (text === '' ? '{' : ',') + labels[index] + canonicalJson(value);
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Anything but plain characters: quotes, backslashes, control characters, and surrogates (which may be lone). */
const needsEscape = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function stringText(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** Keys as an object lists them, the same sorted, and the sorted ones as they stand in the text. */
interface Shape {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  readonly labels: readonly string[];
}

/** Events have few shapes and come by the thousand: comparing known keys is three times as fast as sorting. */
const shapesByKeyCount = new Map<number, Shape[]>();
const MAX_SHAPES_PER_COUNT = 32;

function shapeOf(keys: readonly string[]): Shape {
  const shapes = shapesByKeyCount.get(keys.length);
  const known = shapes?.find((shape) => hasKeys(shape, keys));
  if (known !== undefined) return known;
  const sorted = [...keys].sort();
  const shape = { keys, sorted, labels: sorted.map((key) => `${JSON.stringify(key)}:`) };
  if (shapes === undefined) shapesByKeyCount.set(keys.length, [shape]);
  else if (shapes.length < MAX_SHAPES_PER_COUNT) shapes.push(shape);
  return shape;
}

function hasKeys(shape: Shape, keys: readonly string[]): boolean {
  for (let index = 0; index < keys.length; index += 1) if (shape.keys[index] !== keys[index]) return false;
  return true;
}
