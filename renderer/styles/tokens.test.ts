import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
  type Color,
} from 'culori';
import { required } from '#domain/base/assert-never.ts';
import { darkTheme, lightTheme } from '#renderer/map/map-theme.ts';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** Hex tokens of one block of the file. */
function tokensOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(selector);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const themes = [
  ['dark', tokensOf(':root {')],
  ['light', tokensOf(":root[data-theme='light']")],
] as const;

function contrast(tokens: ReadonlyMap<string, string>, front: string, ground: string): number {
  return wcagContrast(required(tokens.get(front), front), required(tokens.get(ground), ground));
}

test.each(themes)('text and controls of the %s theme can be read on every ground (C1)', (_, tokens) => {
  for (const ground of ['bg', 'panel', 'raised', 'selected']) {
    expect(contrast(tokens, 'text', ground), `text on ${ground}`).toBeGreaterThanOrEqual(7);
    expect(contrast(tokens, 'text-2', ground), `text-2 on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens, 'text-3', ground), `text-3 on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
  for (const ground of ['bg', 'panel']) {
    expect(contrast(tokens, 'control', ground), `control on ${ground}`).toBeGreaterThanOrEqual(3);
    for (const level of ['level-1', 'level-2', 'level-3', 'level-4']) {
      expect(contrast(tokens, level, ground), `${level} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  }
  for (const fill of ['fill-0', 'fill-1', 'fill-2', 'fill-3']) {
    expect(contrast(tokens, 'text', fill), `text on ${fill}`).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(tokens, 'inverse-text', 'inverse-ground')).toBeGreaterThanOrEqual(7);
});

test('the four levels of the dark theme are told apart in four visions (G7)', () => {
  const tokens = themes[0][1];
  const visions: readonly ((colour: Color) => Color)[] = [
    (colour) => colour,
    filterDeficiencyProt(1),
    filterDeficiencyDeuter(1),
    filterDeficiencyTrit(1),
  ];
  const difference = differenceCiede2000();
  const levels = ['level-1', 'level-2', 'level-3', 'level-4'].map((name) =>
    required(parse(required(tokens.get(name), name)), name),
  );
  for (const see of visions) {
    for (const [at, one] of levels.entries()) {
      for (const other of levels.slice(at + 1)) {
        expect(difference(see(one), see(other))).toBeGreaterThanOrEqual(12);
      }
    }
  }
});

test.each([
  ['dark', themes[0][1], darkTheme],
  ['light', themes[1][1], lightTheme],
] as const)('the map draws in the colours that the legend and the screens of the %s theme show', (_, tokens, theme) => {
  const { ground, text, textQuiet, textFaint, control, data, dot, levels, levelInk, fills } = theme;
  const drawn = { bg: ground, text, 'text-2': textQuiet, 'text-3': textFaint, control, data, dot };
  const marks = Object.entries(levels).map(([level, colour]) => [`level-${level}`, colour]);
  const classes = fills.map((colour, index) => [`fill-${index}`, colour]);
  const expected = { ...drawn, 'level-ink': levelInk, ...Object.fromEntries([...marks, ...classes]) };
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, tokens.get(name)]))).toEqual(expected);
});
