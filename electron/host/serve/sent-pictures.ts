import type { PastCase } from '#host/ports/history.ts';

/** What changed from one picture to another. */
export interface PictureChanges {
  /** Names the new picture. */
  readonly picture: string;
  /** The picture that was gone on from; null when everything is told. */
  readonly from: string | null;
  readonly upserts: readonly PastCase[];
  readonly removed: readonly string[];
}

/** Several desks may look back at once; each needs the picture that it has. */
const KEPT_PICTURES = 12;

/**
 * Which cases were in the pictures that were sent last, and as of which change: about 100 bytes a case. A desk that plays is
 * told what differs, not thousands of rows a frame.
 */
export class SentPictures {
  readonly #pictures = new Map<string, ReadonlyMap<string, string | number>>();
  #count = 0;

  /** `from` is the name of a picture that was sent before. One that is not kept any more counts as none. */
  next(open: readonly PastCase[], from: string | undefined): PictureChanges {
    const before = from === undefined ? undefined : this.#pictures.get(from);
    const after = new Map<string, string | number>();
    const upserts: PastCase[] = [];
    for (const past of open) {
      const mark = markOf(past);
      after.set(past.state.id, mark);
      if (before?.get(past.state.id) !== mark) upserts.push(past);
    }
    const removed = before === undefined ? [] : [...before.keys()].filter((id) => !after.has(id));
    this.#count += 1;
    const picture = `picture-${this.#count}`;
    this.#pictures.set(picture, after);
    if (from !== undefined && before !== undefined) {
      // Gone on from: the last to be forgotten, since its desk may ask again.
      this.#pictures.delete(from);
      this.#pictures.set(from, before);
    }
    this.#forgetOldest();
    return { picture, from: before === undefined ? null : (from ?? null), upserts, removed };
  }

  #forgetOldest(): void {
    for (const name of this.#pictures.keys()) {
      if (this.#pictures.size <= KEPT_PICTURES) return;
      this.#pictures.delete(name);
    }
  }
}

function markOf({ sequence, variant }: PastCase): string | number {
  return variant === undefined ? sequence : `${sequence} ${variant}`;
}
