import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bannedStyles } from './banned-styles.ts';
import { filesBelow, root } from './run-tool.ts';

/** Of screens, by theme, and of paper, which has none. */
const tokens = ['renderer/styles/tokens.css', 'renderer/paper/paper-tokens.css'];

test('the style sheets keep to the house style, and name colors in the tokens alone', () => {
  const sheets = filesBelow('renderer').filter((file) => file.endsWith('.css'));
  expect(sheets).toEqual(expect.arrayContaining(tokens));
  const found = sheets.flatMap((file) =>
    bannedStyles(readFileSync(path.join(root, file), 'utf8'), tokens.includes(file)).map(
      ({ line, declaration, reason }) => `${file}:${line} ${declaration} (${reason})`,
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  ['text-shadow: 0 0 4px currentColor', 'glow'],
  ['filter: drop-shadow(0 0 4px currentColor)', 'glow'],
  ['backdrop-filter: blur(4px)', 'blur'],
  ['-webkit-backdrop-filter: blur(4px)', 'blur'],
  ['border-image: url(frame.png) 30', 'skewed frame'],
  ['background: linear-gradient(var(--a), var(--b))', 'gradient'],
  ['animation: turn 2s linear infinite', 'endless motion'],
  ['animation-iteration-count: infinite', 'endless motion'],
  ['transform: translate(1px) scale(1.2)', 'growing parts'],
  ['scale: 1.1', 'growing parts'],
  ['color: #fff', 'a color that is no token'],
  ['border: 1px solid rgb(0 0 0 / 10%)', 'a color that is no token'],
  ['background: white', 'a color that is no token'],
  ['--accent: oklch(60% 0.1 200)', 'a color that is no token'],
])('%s is found', (declaration, reason) => {
  expect(bannedStyles(`.a { margin: 0; ${declaration}; }`, false)).toEqual([{ line: 1, declaration, reason }]);
  expect(bannedStyles(`.a { ${declaration} }`, false)).toEqual([{ line: 1, declaration, reason }]);
});

test.each([
  'color: var(--red-9)',
  'background: transparent',
  'outline: 2px solid currentColor',
  'animation: appear 120ms ease-out',
  'transform: translateY(2px)',
  'grid-template-areas: "white red"',
  'transition: color 100ms',
  'font-family: "Noto Sans SC"',
  'mask: url(#mask)',
])('%s is allowed', (declaration) => {
  expect(bannedStyles(`.white:hover { ${declaration}; } /* color: red; */`, false)).toEqual([]);
});

test('colors may be named among the tokens, glow may not', () => {
  const css = ':root {\n  --ink: #1a1a1a;\n  text-shadow: 0 0 1px #000;\n}';
  expect(bannedStyles(css, true)).toEqual([{ line: 3, declaration: 'text-shadow: 0 0 1px #000', reason: 'glow' }]);
});
