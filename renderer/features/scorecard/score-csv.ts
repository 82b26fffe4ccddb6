import Papa from 'papaparse';
import type { FiguresTableGot } from '#contract/figures.ts';

/** Words of the head row, in the order of the columns. */
export interface CsvHead {
  readonly rank: string;
  readonly band: string;
  readonly name: string;
  readonly code: string;
  readonly score: string;
  readonly low: string;
  readonly high: string;
  readonly figures: readonly string[];
  readonly numerator: string;
  readonly denominator: string;
}

/**
 * The table as a file for reading: UTF-8 with a byte order mark, lines end in CRLF, shares as numbers from 0 to 1 with numerator
 * and denominator beside them, empty for nothing over nothing. A text that a spreadsheet would take for a formula gets an apostrophe.
 */
export function scoreCsv({ rows, total }: FiguresTableGot, head: CsvHead): string {
  const titles = [
    ...[head.rank, head.band, head.code, head.name, head.score, head.low, head.high],
    ...head.figures.flatMap((title, at) =>
      total.figures[at]?.d === null ? [title] : [title, `${title} ${head.numerator}`, `${title} ${head.denominator}`],
    ),
  ];
  const lines = [...rows, total].map(({ of, name, score, figures }) => [
    score?.rank ?? '',
    score?.bandFrom == null ? '' : `${score.bandFrom}–${score.bandTo ?? ''}`,
    ...[of, name, score?.score ?? '', score?.low ?? '', score?.high ?? ''],
    ...figures.flatMap(({ n, d, value }) => (d === null ? [n] : [value ?? '', n, d])),
  ]);
  return `\uFEFF${Papa.unparse([titles, ...lines], { newline: '\r\n', escapeFormulae: true })}\r\n`;
}
