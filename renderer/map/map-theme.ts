import type { AttentionLevel } from '#domain/sla/attention-level.ts';

/** Levels that have a symbol. */
export type MarkLevel = NonNullable<AttentionLevel>;

/** Colours of the map, `#rrggbb` (desk-wall-briefing.md §4.1). */
export interface MapTheme {
  readonly ground: string;
  readonly text: string;
  readonly textQuiet: string;
  readonly textFaint: string;
  readonly control: string;
  /** Borders of the level in view, of the level above it, and of the whole district. */
  readonly borders: { readonly fine: string; readonly unit: string; readonly outline: string };
  /** Rivers, roads, the airport: laid thinly over whatever is below, so always one step away from it. */
  readonly context: { readonly colour: string; readonly opacity: number };
  /** The one data hue: chains and routes. */
  readonly data: string;
  /** Cases without a level. */
  readonly dot: string;
  readonly levels: Readonly<Record<MarkLevel, string>>;
  /** Ink of the numerals in the symbols. */
  readonly levelInk: string;
  /** Classes of the choropleth, lightness only. */
  readonly fills: readonly [string, string, string, string];
  /** Opacity of surfaces, 0 … 1: below 1 where a base map lies under them. */
  readonly fillOpacity: number;
}

export const darkTheme: MapTheme = {
  ground: '#12161c',
  text: '#d7dde4',
  textQuiet: '#aab4bf',
  textFaint: '#8a939c',
  control: '#6b7682',
  borders: { fine: '#8a939c', unit: '#8a939c', outline: '#aab4bf' },
  context: { colour: '#aab4bf', opacity: 0.2 },
  data: '#328173',
  dot: '#c0c8d1',
  levels: { 1: '#ff3b4e', 2: '#ff9d5c', 3: '#fff04a', 4: '#5fb1f6' },
  levelInk: '#12161c',
  fills: ['#1a2028', '#27303b', '#35414e', '#465463'],
  fillOpacity: 1,
};

export const lightTheme: MapTheme = {
  ground: '#f4f5f7',
  text: '#1f2933',
  textQuiet: '#3e4c59',
  textFaint: '#52606d',
  control: '#7b8794',
  borders: { fine: '#7b8794', unit: '#7b8794', outline: '#3e4c59' },
  context: { colour: '#52606d', opacity: 0.2 },
  data: '#2b6f63',
  dot: '#3e4c59',
  levels: { 1: '#a8071a', 2: '#c4601d', 3: '#9c8a00', 4: '#0b62b8' },
  levelInk: '#ffffff',
  fills: ['#ffffff', '#e9ecf0', '#d6dce3', '#bcc5cf'],
  fillOpacity: 1,
};

/** As deck.gl counts it: to the eye about half. */
const OVER_BASE_MAP = 0.14;
const themes = {
  dark: { plain: darkTheme, over: { ...darkTheme, fillOpacity: OVER_BASE_MAP } },
  light: { plain: lightTheme, over: { ...lightTheme, fillOpacity: OVER_BASE_MAP } },
} as const;

/** The same object for the same question. */
export function themeFor(name: 'dark' | 'light', hasBaseMap: boolean): MapTheme {
  return themes[name][hasBaseMap ? 'over' : 'plain'];
}

/** `#rrggbb` as bytes, with an opacity of 0 … 255. */
export function bytesOf(colour: string, alpha = 255): [number, number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha];
}
