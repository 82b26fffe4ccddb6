/** A place in a style sheet that the house does not allow, and why. */
export interface BannedStyle {
  readonly line: number;
  readonly declaration: string;
  readonly reason: string;
}

interface Ban {
  readonly reason: string;
  readonly isBroken: (property: string, value: string) => boolean;
}

/** The look of a command center is quiet: desk-wall-briefing.md C6 and its neighbors. */
const bans: readonly Ban[] = [
  { reason: 'glow', isBroken: (property) => property === 'text-shadow' },
  { reason: 'glow', isBroken: (_, value) => /\bdrop-shadow\(/.test(value) },
  { reason: 'blur', isBroken: (property) => /^(-webkit-)?backdrop-filter$/.test(property) },
  { reason: 'skewed frame', isBroken: (property) => property.startsWith('border-image') },
  { reason: 'gradient', isBroken: (_, value) => /\b(linear|radial|conic)-gradient\(/.test(value) },
  {
    reason: 'endless motion',
    isBroken: (property, value) => property.startsWith('animation') && /\binfinite\b/.test(value),
  },
  {
    reason: 'growing parts',
    isBroken: (property, value) => property === 'transform' && /\bscale(3d|X|Y|Z)?\(/.test(value),
  },
  { reason: 'growing parts', isBroken: (property) => property === 'scale' },
];

const colorForms = /#[\da-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/i;
const colorNames = new RegExp(
  String.raw`(?<![\w-])(` +
    'aliceblue|antiquewhite|aqua|aquamarine|azure|beige|bisque|black|blanchedalmond|blue|blueviolet|brown|burlywood|' +
    'cadetblue|chartreuse|chocolate|coral|cornflowerblue|cornsilk|crimson|cyan|dark[a-z]+|deeppink|deepskyblue|dimgr[ae]y|' +
    'dodgerblue|firebrick|floralwhite|forestgreen|fuchsia|gainsboro|ghostwhite|gold|goldenrod|gr[ae]y|green|greenyellow|' +
    'honeydew|hotpink|indianred|indigo|ivory|khaki|lavender|lavenderblush|lawngreen|lemonchiffon|light[a-z]+|lime|limegreen|' +
    'linen|magenta|maroon|medium[a-z]+|midnightblue|mintcream|mistyrose|moccasin|navajowhite|navy|oldlace|olive|olivedrab|' +
    'orange|orangered|orchid|pale[a-z]+|papayawhip|peachpuff|peru|pink|plum|powderblue|purple|rebeccapurple|red|rosybrown|' +
    'royalblue|saddlebrown|salmon|sandybrown|seagreen|seashell|sienna|silver|skyblue|slateblue|slategr[ae]y|snow|' +
    'springgreen|steelblue|tan|teal|thistle|tomato|turquoise|violet|wheat|white|whitesmoke|yellow|yellowgreen' +
    String.raw`)(?![\w-])`,
  'i',
);
const colored =
  /^(--.*|.*color|background.*|border.*|outline.*|box-shadow|fill|stroke|stop-color|caret.*|column-rule.*)$/;

/**
 * Everything in a style sheet that is not allowed, in the order of its lines.
 *
 * @param mayNameColors  true for the file of the tokens alone; everywhere else a color is a token
 */
export function bannedStyles(css: string, mayNameColors: boolean): readonly BannedStyle[] {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return [...bare.matchAll(/(?<=[{};]\s*)([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].flatMap((found) => {
    const [declaration, property = '', value = ''] = found;
    const reasons = bans.filter(({ isBroken }) => isBroken(property, value)).map(({ reason }) => reason);
    if (!mayNameColors && namesColor(property, value)) reasons.push('a color that is no token');
    const line = bare.slice(0, found.index).split('\n').length;
    return reasons.map((reason) => ({ line, declaration: declaration.trim(), reason }));
  });
}

function namesColor(property: string, value: string): boolean {
  const withoutUrls = value.replaceAll(/url\([^)]*\)|var\([^)]*\)/g, '');
  return colorForms.test(withoutUrls) || (colored.test(property) && colorNames.test(withoutUrls));
}
