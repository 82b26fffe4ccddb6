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
  writer.raw(labels.actor);
  writer.value(actor);
  writer.raw(labels.at);
  writer.value(at);
  writer.raw(labels.commandId);
  writer.value(commandId);
  writer.raw(labels.events);
  writer.value(events);
  const links = writer.end;
  writer.raw(labels.sequence);
  writer.value(sequence);
  writer.raw(tablesBytes(tables));
  return links;
}

const labels = {
  actor: Buffer.from('{"actor":'),
  at: Buffer.from(',"at":'),
  commandId: Buffer.from(',"commandId":'),
  events: Buffer.from(',"events":'),
  sequence: Buffer.from(',"sequence":'),
};

/** The end of an entry, from its tables on: a host names the same ones in every entry. */
const knownTables = new WeakMap<NewEntry['tables'], Uint8Array>();

function tablesBytes(tables: NewEntry['tables']): Uint8Array {
  const known = knownTables.get(tables);
  if (known !== undefined) return known;
  const bytes = Buffer.from(`,"tables":${canonicalJson(tables)}}`);
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
