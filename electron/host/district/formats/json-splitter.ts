const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/**
 * A piece of JSON text: one element of the list `features` of a top-level object, or a whole top-level object without
 * that list (in its place stands `[]`). `bytes` is null for a piece that was larger than the limit and left out.
 */
export interface JsonPiece {
  readonly kind: 'element' | 'root';
  readonly bytes: Uint8Array | null;
  /** Where it begins in the file. */
  readonly offset: number;
}

/**
 * Cuts GeoJSON, or GeoJSON lines, into pieces small enough for JSON.parse, without holding more than one of them. It
 * only counts braces outside of strings; whether a piece is JSON shows when it is parsed, so that one bad feature does not
 * take the others along. Bytes that are in no top-level object (record separators, line ends) are passed over.
 */
export class JsonSplitter {
  readonly #root: PieceBytes;
  readonly #element: PieceBytes;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The last string at depth 1, which is a member's name if a colon and a bracket follow. */
  #name: number[] = [];
  #isInFeatures = false;
  #position = 0;

  constructor(maxPieceBytes: number) {
    this.#root = new PieceBytes(maxPieceBytes);
    this.#element = new PieceBytes(maxPieceBytes);
  }

  /** Whether the bytes so far end inside of an object or list: at the end of a file it was cut. */
  get isInside(): boolean {
    return this.#depth > 0;
  }

  /** Pieces that end in this part of the file. */
  push(chunk: Uint8Array): readonly JsonPiece[] {
    const pieces: JsonPiece[] = [];
    /** Where the part of this chunk begins that belongs to the current piece. */
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) this.#isInString = false;
        else if (this.#depth === 1 && this.#name.length < 16) this.#name.push(byte);
        continue;
      }
      if (
        byte > COMMA &&
        byte !== OPEN_BRACE &&
        byte !== CLOSE_BRACE &&
        byte !== OPEN_BRACKET &&
        byte !== CLOSE_BRACKET
      ) {
        continue;
      }
      switch (byte) {
        case QUOTE:
          if (this.#depth === 0) break;
          this.#isInString = true;
          if (this.#depth === 1) this.#name = [];
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          if (this.#depth === 0) {
            from = at;
            this.#root.begin(this.#position + at);
          } else if (this.#depth === 1 && byte === OPEN_BRACKET && isFeatures(this.#name)) {
            this.#root.add(chunk, from, at + 1);
            this.#isInFeatures = true;
            from = at + 1;
            this.#element.begin(this.#position + from);
          }
          this.#depth += 1;
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          if (this.#depth === 0) break;
          this.#depth -= 1;
          if (this.#isInFeatures && this.#depth === 1) {
            this.#endElement(chunk, from, at, pieces);
            this.#isInFeatures = false;
            from = at;
          } else if (this.#depth === 0) {
            this.#root.add(chunk, from, at + 1);
            pieces.push({ kind: 'root', ...this.#root.take() });
            from = at + 1;
          }
          break;
        case COMMA:
          if (!this.#isInFeatures || this.#depth !== 2) break;
          this.#endElement(chunk, from, at, pieces);
          from = at + 1;
          this.#element.begin(this.#position + from);
          break;
      }
    }
    if (this.#depth > 0) (this.#isInFeatures ? this.#element : this.#root).add(chunk, from, chunk.length);
    this.#position += chunk.length;
    return pieces;
  }

  #endElement(chunk: Uint8Array, from: number, to: number, pieces: JsonPiece[]): void {
    this.#element.add(chunk, from, to);
    const piece = this.#element.take();
    if (piece.bytes !== null && piece.bytes.every(isBlank)) return;
    pieces.push({ kind: 'element', ...piece });
  }
}

/** Bytes of one piece, gathered over chunks, up to a limit. */
class PieceBytes {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  #offset = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  begin(offset: number): void {
    this.#parts = [];
    this.#length = 0;
    this.#offset = offset;
  }

  add(chunk: Uint8Array, from: number, to: number): void {
    if (to <= from) return;
    this.#length += to - from;
    if (this.#length > this.#limit) this.#parts = [];
    else this.#parts.push(chunk.slice(from, to));
  }

  take(): { bytes: Uint8Array | null; offset: number } {
    const bytes = this.#length > this.#limit ? null : Buffer.concat(this.#parts);
    const taken = { bytes, offset: this.#offset };
    this.begin(this.#offset);
    return taken;
  }
}

const features = [...Buffer.from('features')];

function isFeatures(name: readonly number[]): boolean {
  return name.length === features.length && features.every((byte, index) => name[index] === byte);
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
