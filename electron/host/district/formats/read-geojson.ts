import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { statedByName, type StatedSystem } from '#domain/grid/coordinates/stated-system.ts';
import { featureItem, isRecord, problemItem, wordsOf, type FileItem, type ReadOptions } from './file-feature.ts';
import { JsonSplitter, type JsonPiece } from './json-splitter.ts';
import { nextTurn } from '../next-turn.ts';

const CHUNK_BYTES = 1 << 18;

/**
 * GeoJSON (RFC 7946, the older member `crs` included) and GeoJSON lines (RFC 8142), feature by feature: memory holds one
 * feature and one chunk of 256 KiB, whatever the file's size.
 */
export async function* readGeoJson({ file, signal, limits }: ReadOptions): AsyncGenerator<FileItem> {
  const { size } = await stat(file);
  const splitter = new JsonSplitter(limits.featureBytes);
  let number = 0;
  let bytes = 0;
  let stated: StatedSystem | null = null;
  let hasRoot = false;
  for await (const given of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    if (signal.aborted) return;
    const chunk = given as Buffer;
    const isFirst = bytes === 0;
    bytes += chunk.length;
    if (isFirst && isUtf16(chunk)) {
      yield problemItem(file, 'encoding', 'is UTF-16; GeoJSON is UTF-8: save it anew');
      return;
    }
    for (const piece of splitter.push(chunk)) {
      if (piece.kind === 'element') {
        number += 1;
        if (number > limits.features) {
          yield problemItem(file, 'too-large', `has more than ${limits.features} features; the rest was not read`);
          return;
        }
        yield elementItem(file, number, piece, limits.featureBytes);
        continue;
      }
      hasRoot = true;
      const root = parsePiece(piece, limits.featureBytes);
      if (root.problem !== null) {
        yield problemItem(file, 'damaged', `what is around the features ${root.problem}`);
        continue;
      }
      if (isRecord(root.value) && root.value['type'] === 'FeatureCollection') {
        stated ??= crsOf(root.value);
        if (!('features' in root.value)) yield problemItem(file, 'no-features', 'has no list "features"');
        continue;
      }
      number += 1;
      yield featureItem(file, '', number, root.value);
    }
    yield { kind: 'progress', bytes, totalBytes: size };
    await nextTurn();
  }
  if (signal.aborted) return;
  if (splitter.isInside) {
    yield problemItem(file, 'damaged', `ends inside feature ${number + 1}, or in a text that is never closed`, {
      feature: number + 1,
    });
  } else if (!hasRoot) {
    yield problemItem(file, 'unknown-format', 'holds no JSON object');
  } else if (number === 0) {
    yield problemItem(file, 'no-features', 'has no features');
  }
  yield { kind: 'layer', head: { format: 'geojson', layer: '', encoding: 'utf-8', stated } };
}

function elementItem(file: string, number: number, piece: JsonPiece, limit: number): FileItem {
  const { value, problem, isTooLarge } = parsePiece(piece, limit);
  if (problem === null) return featureItem(file, '', number, value);
  return problemItem(file, isTooLarge ? 'too-large' : 'bad-feature', problem, { feature: number });
}

interface Parsed {
  readonly value: unknown;
  readonly problem: string | null;
  readonly isTooLarge: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parsePiece({ bytes, offset }: JsonPiece, limit: number): Parsed {
  if (bytes === null) {
    return { value: null, problem: `has more than ${limit} bytes (at byte ${offset})`, isTooLarge: true };
  }
  try {
    return { value: JSON.parse(utf8.decode(bytes)), problem: null, isTooLarge: false };
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? wordsOf(cause) : 'its text is not UTF-8';
    return { value: null, problem: `is not JSON (${reason}; at byte ${offset})`, isTooLarge: false };
  }
}

function crsOf(root: Readonly<Record<string, unknown>>): StatedSystem | null {
  const { crs } = root;
  if (!isRecord(crs) || !isRecord(crs['properties'])) return null;
  const { name } = crs['properties'];
  return typeof name === 'string' ? statedByName(name) : null;
}

function isUtf16(chunk: Buffer): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff) || chunk[1] === 0;
}
