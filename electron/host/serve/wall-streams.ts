import type { CaseChange } from '#contract/cases.ts';
import type { WallItem } from '#contract/wall.ts';
import type { Wall } from '#host/ports/wall.ts';
import { wordless } from './handlers/wall.ts';
import type { StreamSource } from './stream-source.ts';

/** `wall.cases`: what `cases.watch` sends, without any words of people (W13). */
export function wallCaseStream(cases: StreamSource<CaseChange>): StreamSource<CaseChange> {
  const masked = (item: CaseChange): CaseChange =>
    item.kind === 'remove' ? item : { kind: 'upsert', row: wordless(item.row) };
  const all = <Part extends { readonly items: readonly CaseChange[] }>(part: Part): Part => ({
    ...part,
    items: part.items.map(masked),
  });
  return {
    keyOf: (item) => cases.keyOf(item),
    snapshot: () => all(cases.snapshot()),
    since: (sequence) => {
      const missed = cases.since(sequence);
      return missed === null ? null : all(missed);
    },
    onItems: (listener) => cases.onItems((items, sequence) => listener(items.map(masked), sequence)),
  };
}

/** `wall.watch`: the beat, each display, the calls, the figures: one item of each is enough. */
export function wallStream(wall: Wall, sequence: () => number): StreamSource<WallItem> {
  return {
    keyOf: (item) => (item.kind === 'display' ? `display:${item.state.id}` : item.kind),
    snapshot: () => ({ items: wall.items(), sequence: sequence() }),
    since: () => null,
    onItems: (listener) => wall.onItems((items) => listener(items, sequence())),
  };
}
