import { hash } from 'node:crypto';
import type { NewEntry } from '#host/ports/journal.ts';
import { canonicalJson } from './canonical-json.ts';

/** Length of a hash as hex. */
export const HASH_CHARACTERS = 64;

/** An entry's canonical JSON without `hash` and `prev`, cut where these two belong: their keys lie side by side. */
export interface EntryText {
  readonly before: string;
  readonly after: string;
}

/** @throws TypeError if the events hold what JSON cannot carry */
export function entryText(entry: NewEntry, sequence: number): EntryText {
  const { actor, at, commandId, events, tables } = entry;
  const command = `{"actor":${canonicalJson(actor)},"at":${canonicalJson(at)},"commandId":${canonicalJson(commandId)}`;
  return {
    before: `${command},"events":${canonicalJson(events)}`,
    after: `${afterLinks(sequence)}${tablesText(tables)}}`,
  };
}

/** A host names the same tables in every entry. */
const knownTables = new WeakMap<NewEntry['tables'], string>();

function tablesText(tables: NewEntry['tables']): string {
  const known = knownTables.get(tables);
  if (known !== undefined) return known;
  const text = canonicalJson(tables);
  knownTables.set(tables, text);
  return text;
}

/** The text between {@link EntryText.before} and {@link EntryText.after} in the full entry. */
export function linksText(entryHash: string, prev: string): string {
  return `,"hash":"${entryHash}","prev":"${prev}"`;
}

/** How {@link EntryText.after} begins. */
export function afterLinks(sequence: number): string {
  return `,"sequence":${sequence},"tables":`;
}

/** Hex SHA-256 over `prev` and the canonical entry without `hash` and `prev`, given as the bytes of both (JN6). */
export function chainHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
