import { createReadStream } from 'node:fs';
import type { PointItem } from '#host/ports/components.ts';
import { nextTurn } from '../next-turn.ts';
import { isRecord, wordsOf } from './file-feature.ts';
import { JsonSplitter, type JsonPiece } from './json-splitter.ts';

const CHUNK_BYTES = 1 << 18;
const FEATURE_BYTES = 1 << 20;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The points of a GeoJSON file, or of GeoJSON lines, in the file's own numbers; memory holds one feature and one chunk.
 * Anything but a point is told with its number.
 *
 * @throws the system's error when the file cannot be read
 */
export async function* readPoints(file: string, onBytes: (read: number) => void = () => {}): AsyncGenerator<PointItem> {
  const splitter = new JsonSplitter(FEATURE_BYTES);
  let number = 0;
  let hasRoot = false;
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    onBytes(bytes);
    for (const piece of splitter.push(chunk)) {
      if (piece.kind === 'element') {
        number += 1;
        yield pointOf(number, piece);
        continue;
      }
      hasRoot = true;
      const root = valueOf(piece);
      if (typeof root === 'string') yield problem(null, 'feature_unreadable', root);
      else if (!isRecord(root.value) || root.value['type'] !== 'FeatureCollection') {
        number += 1;
        yield pointOf(number, piece);
      }
    }
    await nextTurn();
  }
  if (splitter.isInside) yield problem(number + 1, 'feature_unreadable', 'the file ends inside it');
  else if (!hasRoot) yield problem(null, 'feature_unreadable', 'holds no JSON object');
}

function pointOf(number: number, piece: JsonPiece): PointItem {
  const read = valueOf(piece);
  if (typeof read === 'string') return problem(number, 'feature_unreadable', read);
  const { value } = read;
  if (!isRecord(value) || value['type'] !== 'Feature') return problem(number, 'feature_unreadable', 'is no Feature');
  const { geometry } = value;
  if (!isRecord(geometry) || geometry['type'] !== 'Point') {
    return problem(number, 'not_a_point', isRecord(geometry) ? String(geometry['type']) : 'no geometry');
  }
  const [first, second] = Array.isArray(geometry['coordinates']) ? (geometry['coordinates'] as unknown[]) : [];
  if (typeof first !== 'number' || typeof second !== 'number') {
    return problem(number, 'position_unreadable', 'is no pair of numbers');
  }
  const properties = isRecord(value['properties']) ? value['properties'] : {};
  return { kind: 'point', number, properties, point: [first, second] };
}

function valueOf({ bytes, offset }: JsonPiece): { readonly value: unknown } | string {
  if (bytes === null) return `has more than ${FEATURE_BYTES} bytes (at byte ${offset})`;
  try {
    return { value: JSON.parse(utf8.decode(bytes)) };
  } catch (cause) {
    return `is not JSON (${cause instanceof SyntaxError ? wordsOf(cause) : 'not UTF-8'}; at byte ${offset})`;
  }
}

function problem(number: number | null, reason: string, detail: string): PointItem {
  return { kind: 'problem', number, reason, detail };
}
