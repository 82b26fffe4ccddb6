import type { ForesightGot, ForesightItem } from '#contract/foresight.ts';

type Variant = ForesightGot['chains']['variants'][number];
/** A line of the list: something to warn of, or a way that cases took. */
export type Line = { readonly id: string; readonly count: number; readonly cases: readonly string[] } & (
  | { readonly kind: 'variant'; readonly variant: Variant; readonly share: number }
  | { readonly kind: Exclude<LineKind, 'variant'>; readonly item: ForesightItem }
);

export const lineKinds = ['burst', 'spot', 'repeat', 'ping_pong', 'worst_hop', 'variant'] as const;
export type LineKind = (typeof lineKinds)[number];
/** Hops and ways are figures of each week: only these are something that happens now. */
const alarming: readonly LineKind[] = ['burst', 'spot', 'repeat', 'ping_pong'];
export type ShownKind = LineKind | 'all';

/** All lines, in the order they came; the id of a line stays while its matter does. */
export function linesOf({ items, chains }: ForesightGot): readonly Line[] {
  return [
    ...items.map((item): Line => ({ kind: item.kind, id: idOf(item), item, count: item.count, cases: item.cases })),
    ...chains.variants.map((variant): Line => ({
      ...{ kind: 'variant', id: `variant ${variant.path.join(' ')}`, variant },
      ...{ share: chains.cases === 0 ? 0 : variant.count / chains.cases, count: variant.count, cases: variant.cases },
    })),
  ];
}

export function shownLines(lines: readonly Line[], kind: ShownKind): readonly Line[] {
  return lines.filter((line) => (kind === 'all' ? alarming.includes(line.kind) : line.kind === kind));
}

function idOf(item: ForesightItem): string {
  switch (item.kind) {
    case 'burst':
      return `burst ${item.class.key} ${item.level} ${item.area.code}`;
    case 'spot':
      return `spot ${item.areas[0]?.code ?? ''}`;
    case 'repeat':
      return `repeat ${item.class.key} ${item.cases[0] ?? ''}`;
    case 'ping_pong':
      return `ping_pong ${item.a.code} ${item.b.code}`;
    case 'worst_hop':
      return `worst_hop ${item.unit.code} ${item.step}`;
  }
}

/** What the map marks for a line: areas by code, and a point where there is one. */
export interface LinePlace {
  readonly areas: readonly string[];
  readonly at: readonly [lon: number, lat: number] | null;
}

/** Null for what has no place. `isArea` tells which codes the map knows: units are not among them. */
export function placeOfLine(line: Line, isArea: (code: string) => boolean): LinePlace | null {
  if (line.kind === 'variant') return null;
  const { item } = line;
  const place = (codes: readonly string[], at: LinePlace['at'] = null) => {
    const areas = codes.filter(isArea);
    return areas.length === 0 && at === null ? null : { areas, at };
  };
  switch (item.kind) {
    case 'burst':
      return place([item.area.code]);
    case 'spot':
      return place(item.areas.map(({ code }) => code));
    case 'repeat':
      return place([item.area.code], [item.lon, item.lat]);
    case 'ping_pong':
      return place([item.a.code, item.b.code]);
    case 'worst_hop':
      return place([item.unit.code]);
  }
}

/** The chance of so many as it is read: `1 : 20,000`. */
export function chanceText(chance: number): string {
  if (chance <= 0) return '< 1 : 1,000,000,000';
  const against = 1 / chance;
  if (against > 1e9) return '< 1 : 1,000,000,000';
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(against)) - 1);
  return `1 : ${(Math.round(against / digits) * digits).toLocaleString('en-US')}`;
}

/** Small counts to a tenth, others whole. */
export function expectedText(value: number): string {
  if (value > 0 && value < 0.05) return '< 0.1';
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
}
