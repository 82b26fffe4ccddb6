/** Colours of the map, `#rrggbb` (desk-wall-briefing.md §4.1). */
export interface MapTheme {
  readonly ground: string;
  readonly panel: string;
  readonly text: string;
  readonly textQuiet: string;
  readonly textFaint: string;
  readonly control: string;
  readonly line: string;
  /** Rivers, roads and the airport: one step from the ground. */
  readonly context: string;
  /** The one data hue: chains and routes. */
  readonly data: string;
  /** Attention levels Ⅱ, Ⅲ, Ⅳ, and the ink of their numerals. */
  readonly levels: Readonly<Record<2 | 3 | 4, string>>;
  readonly levelInk: string;
  /** Classes of the choropleth, lightness only. */
  readonly fills: readonly [string, string, string, string];
}

export const darkTheme: MapTheme = {
  ground: '#12161c',
  panel: '#1a2028',
  text: '#d7dde4',
  textQuiet: '#aab4bf',
  textFaint: '#8a939c',
  control: '#6b7682',
  line: '#2f3843',
  context: '#39434f',
  data: '#328173',
  levels: { 2: '#ff9d5c', 3: '#fff04a', 4: '#5fb1f6' },
  levelInk: '#12161c',
  fills: ['#1a2028', '#27303b', '#35414e', '#465463'],
};

export const lightTheme: MapTheme = {
  ground: '#f4f5f7',
  panel: '#ffffff',
  text: '#1f2933',
  textQuiet: '#3e4c59',
  textFaint: '#52606d',
  control: '#7b8794',
  line: '#c9d0d8',
  context: '#c3cbd4',
  data: '#2b6f63',
  levels: { 2: '#c4601d', 3: '#9c8a00', 4: '#0b62b8' },
  levelInk: '#ffffff',
  fills: ['#ffffff', '#e9ecf0', '#d6dce3', '#bcc5cf'],
};

/** `#rrggbb` as bytes, with an opacity of 0 … 255. */
export function bytesOf(colour: string, alpha = 255): [number, number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha];
}
