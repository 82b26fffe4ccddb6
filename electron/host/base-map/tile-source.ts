import type { BaseMapReason } from '#contract/base-map.ts';

/** Why a tile could not be had; the message is for the log and holds no key. */
export class TileProblem extends Error {
  readonly reason: BaseMapReason;

  constructor(reason: BaseMapReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Degrees: west, south, east, north. */
export type TileBounds = [number, number, number, number];

/** The box round all areas that have an outline. */
export function boundsOf(areas: readonly { readonly bounds: TileBounds }[]): TileBounds {
  const all = areas.map(({ bounds }) => bounds).filter(([west, , east]) => east > west);
  return [
    Math.min(...all.map(([west]) => west)),
    Math.min(...all.map(([, south]) => south)),
    Math.max(...all.map(([, , east]) => east)),
    Math.max(...all.map(([, , , north]) => north)),
  ];
}

/** What a source says of itself. */
export interface TileExtent {
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: TileBounds | null;
}

/** Tiles of web mercator, rows counted from the north. */
export interface TileSource {
  /** @throws TileProblem */
  extent(): Promise<TileExtent>;
  /** Null where there is none. @throws TileProblem */
  tile(zoom: number, column: number, row: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** The tile of a zoom level that holds a point, in degrees. */
export function tileAt(zoom: number, lon: number, lat: number): { readonly column: number; readonly row: number } {
  const count = 2 ** zoom;
  const angle = (lat * Math.PI) / 180;
  const within = (share: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return {
    column: within((lon + 180) / 360),
    row: within((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2),
  };
}

export function hasCode(cause: unknown, ...codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code));
}

export function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
