import type { WireError } from '#contract/errors.ts';
import type { ParsedInputOf } from '#contract/api.ts';
import type { Shown, WallItem, WallOverview } from '#contract/wall.ts';
import type { Result } from '#domain/base/result.ts';
import type { WallInterrupt } from '#domain/wall/director.ts';

/** Where urgent matters come from that call for the wall: the book of alarms. */
export interface Interrupts {
  /** Those of now; one that is gone has ended. `acknowledgedAt` is what the source itself knows of it, else null. */
  list(now: number): readonly WallInterrupt[];
}

/** Who decides what each display of the wall shows. */
export interface Wall {
  overview(): WallOverview;
  /** A page says that it is there; null when there are too many. */
  hello(page: ParsedInputOf<'wall.hello'>): Shown | null;
  set(change: ParsedInputOf<'wall.set'>): Promise<Result<WallOverview, WireError>>;
  push(push: ParsedInputOf<'wall.push'>, by: string): Promise<Result<WallOverview, WireError>>;
  release(what: ParsedInputOf<'wall.release'>): Promise<Result<WallOverview, WireError>>;
  /** All that pages follow, as it is now. */
  items(): readonly WallItem[];
  onItems(listener: (items: readonly WallItem[]) => void): () => void;
}
