import type { BaseMap, BaseMapAdd, BaseMapReason } from '#contract/base-map.ts';
import type { WireError } from '#contract/errors.ts';
import type { Result } from '#domain/base/result.ts';

/** `empty`: the map has nothing there, which is no fault. `unknown`: no such map. */
export type BaseMapTile =
  | { readonly state: 'tile'; readonly bytes: Uint8Array; readonly type: string }
  | { readonly state: 'failing'; readonly reason: BaseMapReason }
  | { readonly state: 'empty' | 'unknown' };

/** Base maps that persons have registered (decision 19). What becomes of their sources is told, never thrown. */
export interface BaseMaps {
  /** Oldest first. */
  list(): readonly BaseMap[];
  /** Looks at the source and reads a tile of the district before it is taken. */
  add(request: BaseMapAdd, by: string): Promise<Result<BaseMap, WireError>>;
  remove(id: string): Promise<Result<null, WireError>>;
  tile(id: string, zoom: number, column: number, row: number): Promise<BaseMapTile>;
  /** A map came, went, failed, or is well again. */
  onChanged(listener: () => void): () => void;
  close(): Promise<void>;
}
