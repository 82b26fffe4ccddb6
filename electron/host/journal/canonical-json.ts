/**
 * The one text of a value: JSON without white space, keys of every object sorted by UTF-16 code units, numbers and
 * strings as `JSON.stringify` writes them, properties that are undefined left out (RFC 8785).
 *
 * @throws TypeError for what JSON cannot carry: numbers that are not finite, undefined in a list, functions, bigints
 */
export function canonicalJson(value: unknown): string {
  return withValue('', value);
}

/** The text so far and the value behind it: one growing string costs less than many that are joined. */
function withValue(text: string, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return needsEscape.test(value) ? text + JSON.stringify(value) : `${text}"${value}"`;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`no JSON for ${value}`);
      return text + String(value);
    case 'boolean':
      return text + (value ? 'true' : 'false');
    case 'object':
      if (value === null) return `${text}null`;
      return Array.isArray(value)
        ? withList(text, value)
        : withObject(text, value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(`no JSON for ${typeof value}`);
  }
}

function withList(text: string, list: readonly unknown[]): string {
  let longer = `${text}[`;
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) longer += ',';
    longer = withValue(longer, list[index]);
  }
  return `${longer}]`;
}

function withObject(text: string, object: Readonly<Record<string, unknown>>): string {
  const { sorted, labels } = shapeOf(Object.keys(object));
  let longer = text;
  let separator = '{';
  for (let index = 0; index < sorted.length; index += 1) {
    const value = object[sorted[index] as string];
    if (value === undefined) continue;
    longer = withValue(longer + separator + labels[index], value);
    separator = ',';
  }
  return longer + (separator === '{' ? '{}' : '}');
}

/** Anything but plain characters: quotes, backslashes, control characters, and surrogates (which may be lone). */
const needsEscape = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

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
