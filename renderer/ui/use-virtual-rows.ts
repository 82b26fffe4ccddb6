import { useVirtualizer } from '@tanstack/react-virtual';

export interface VirtualRows {
  readonly items: readonly { readonly index: number; readonly top: number }[];
  /** Height of all rows, CSS pixels. */
  readonly totalHeight: number;
  scrollTo(index: number): void;
}

/** Which rows of equal height are in sight. The one place that calls TanStack Virtual (stack.md §3). */
export function useVirtualRows({
  count,
  rowHeight,
  scrollRef,
}: {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollRef: React.RefObject<HTMLElement | null>;
}): VirtualRows {
  // oxlint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return {
    items: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start })),
    totalHeight: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
