import type { Unsubscribe } from '#contract/wire.ts';

/** What a stream is made of. Items with the same key replace each other while they wait for a slow client. */
export interface StreamSource<Item extends object> {
  keyOf(item: Item): string;
  /** What replaces a waiting item when the next with its key comes; the next alone where there is no such function. */
  merge?(waiting: Item, next: Item): Item;
  snapshot(): { readonly items: readonly Item[]; readonly sequence: number };
  /** What changed after `sequence`; null when that is no longer known, and a snapshot must be sent. */
  since(sequence: number): { readonly items: readonly Item[]; readonly sequence: number } | null;
  onItems(listener: (items: readonly Item[], sequence: number) => void): Unsubscribe;
}
