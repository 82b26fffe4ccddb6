import { hash } from 'node:crypto';
import type { NewEntry } from '#host/ports/journal.ts';
import { canonicalJson, type CanonicalWriter } from './canonical-json.ts';

/** Length of a hash as hex. */
export const HASH_CHARACTERS = 64;

/**
 * Writes an entry's canonical JSON without `hash` and `prev`. Returns where these two belong: their keys lie side by side.
 *
 * @throws TypeError if the events hold what JSON cannot carry
 */
export function writeEntry(writer: CanonicalWriter, entry: NewEntry, sequence: number): number {
  const { actor, at, commandId, events, tables } = entry;
  writer.ascii('{"actor":');
  writer.value(actor);
  writer.ascii(',"at":');
  writer.value(at);
  writer.ascii(',"commandId":');
  writer.value(commandId);
  writer.ascii(',"events":');
  writer.value(events);
  const links = writer.end;
  writer.ascii(afterLinks(sequence));
  writer.raw(tablesBytes(tables));
  writer.ascii('}');
  return links;
}

/** A host names the same tables in every entry. */
const knownTables = new WeakMap<NewEntry['tables'], Uint8Array>();

function tablesBytes(tables: NewEntry['tables']): Uint8Array {
  const known = knownTables.get(tables);
  if (known !== undefined) return known;
  const bytes = Buffer.from(canonicalJson(tables));
  knownTables.set(tables, bytes);
  return bytes;
}

/** What stands in the full entry where {@link writeEntry} left out `hash` and `prev`. */
export function linksText(entryHash: string, prev: string): string {
  return `,"hash":"${entryHash}","prev":"${prev}"`;
}

/** What follows these two. */
export function afterLinks(sequence: number): string {
  return `,"sequence":${sequence},"tables":`;
}

/** Hex SHA-256 over `prev` and the canonical entry without `hash` and `prev`, given as the bytes of both (JN6). */
export function chainHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
