import type { Briefing } from '#contract/briefings.ts';
import { footWords, paperWords, readerWords } from '#renderer/paper/paper-words.ts';

/**
 * The margin boxes of the pages as a style sheet: page number outside, what the numbers are of inside, the reader's mark at the
 * right edge. Engines without margin boxes print none of it (desk-wall-briefing.md §8.2).
 */
export function pageFurniture(briefing: Briefing): string {
  const foot = quoted(footWords(briefing));
  const number = "'— ' counter(page) ' —'";
  const large = "font: 14pt 'Paper Serif'; color: #000; vertical-align: top; padding-top: 5mm; white-space: nowrap;";
  const small =
    "font: 7.5pt/1.5 'Noto Sans SC'; color: #3e4c59; vertical-align: top; padding-top: 6.4mm; white-space: pre;";
  const mark =
    "writing-mode: vertical-rl; font: 7pt 'Noto Sans SC'; color: #9aa5b1; letter-spacing: .1em; text-align: center; " +
    'vertical-align: middle; white-space: nowrap;';
  return `
@page {
  @bottom-right { content: ${number}; ${large} text-align: right; }
  @bottom-left { content: ${foot}; ${small} text-align: left; }
  @right-middle { content: ${quoted(readerWords(briefing))}; ${mark} }
}
@page :left {
  @bottom-left { content: ${number}; ${large} text-align: left; }
  @bottom-right { content: ${foot}; ${small} text-align: right; }
}
@page :first {
  @top-right { content: ${quoted(paperWords.reserved)}; font: 12pt 'Noto Sans SC'; vertical-align: bottom; padding-bottom: 4mm; }
}`;
}

/** A string of CSS; a name may hold any sign. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\A ')}"`;
}
