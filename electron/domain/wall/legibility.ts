/** Millimetres that one minute of arc covers at one metre. */
const MM_PER_METRE_AND_MINUTE = 0.291;

/** Visual angle in minutes, and the share of the font size that the glyphs fill (desk-wall-briefing.md §5.1). */
const wanted = {
  han: { arcmin: 22, share: 0.92 },
  figure: { arcmin: 30, share: 0.92 },
  digit: { arcmin: 16, share: 0.73 },
} as const;

/** 汉字 below this many device pixels lose their strokes whatever the distance. */
const LEAST_HAN_PX = 16;

/** Smallest font sizes, device pixels: text, key figures, digits and capitals beside text. */
export interface LeastSizes {
  readonly han: number;
  readonly figure: number;
  readonly digit: number;
}

/**
 * Font sizes that the farthest seat can still read (T1).
 *
 * @param pitchMm width of one device pixel
 * @param seatM distance of the farthest seat
 */
export function leastSizes(pitchMm: number, seatM: number): LeastSizes {
  const px = ({ arcmin, share }: { readonly arcmin: number; readonly share: number }) =>
    Math.ceil((MM_PER_METRE_AND_MINUTE * seatM * arcmin) / pitchMm / share);
  return { han: Math.max(LEAST_HAN_PX, px(wanted.han)), figure: px(wanted.figure), digit: px(wanted.digit) };
}

const MM_PER_INCH = 25.4;

/** Width of one pixel, millimetres, of a screen of square pixels. */
export function pitchOf(diagonalInches: number, width: number, height: number): number {
  return (diagonalInches * MM_PER_INCH) / Math.hypot(width, height);
}
