import type { ComponentList, ComponentReport, ComponentImport } from '#contract/components.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';
import type { FilePoint } from '#domain/grid/coordinates/coordinate-system.ts';
import type { ImportRuns } from './imports.ts';

/** Inventories of components that are kept: files that are never changed, named by the hash of their bytes. */
export interface ComponentStore {
  list(): ComponentList['inventories'];
  /** Name of the new inventory. @throws the system's error; then nothing is kept */
  keep(bytes: Uint8Array, importedAt: number): Promise<string>;
  /** Null for one that is not there, or whose bytes are not those that were kept. */
  read(version: string): Promise<Uint8Array | null>;
  /** Puts it out of the way; false if it is not there. @throws the system's error */
  withdraw(version: string): Promise<boolean>;
}

/** Imports of components. One that is cancelled keeps nothing but the rows that it had refused. */
export interface ComponentImports extends ImportRuns {
  run(request: ComponentImport): Promise<Result<ComponentReport, WireError>>;
}

/** A point of a file, in the file's own numbers, or why a feature is none. */
export type PointItem =
  | {
      readonly kind: 'point';
      readonly number: number;
      readonly properties: Readonly<Record<string, unknown>>;
      readonly point: FilePoint;
    }
  | { readonly kind: 'problem'; readonly number: number | null; readonly reason: string; readonly detail: string };

/** Reads the points of a GeoJSON file, feature by feature; `onBytes` hears how many bytes were read so far. */
export type ReadPoints = (file: string, onBytes?: (read: number) => void) => AsyncIterable<PointItem>;
