import { GROUP_RADIUS, numerals, OUTLINE, SMALL, STROKE } from '../symbols.ts';
import type { MarkLevel } from '../map-theme.ts';

/** Largest point on the screen, CSS pixels: a mark with its outline. */
const MARK_SIZE = 22;
/** The shape of a group with its edge of ground colour. */
const GROUP_SIZE = 12;

const block = `layout(std140) uniform flatLookUniforms {
  vec4 ground;
  vec4 ink;
  vec4 plain;
  vec4 level1;
  vec4 level2;
  vec4 level3;
  vec4 level4;
  vec4 sizes;
} flatLook;`;

/** `sizes`: radius of dots in CSS pixels, period of dashes in metres (0 = solid), 1 for small dots. Colours are 0 … 1. */
export const flatLook = {
  name: 'flatLook',
  vs: block,
  fs: block,
  uniformTypes: {
    ground: 'vec4<f32>',
    ink: 'vec4<f32>',
    plain: 'vec4<f32>',
    level1: 'vec4<f32>',
    level2: 'vec4<f32>',
    level3: 'vec4<f32>',
    level4: 'vec4<f32>',
    sizes: 'vec4<f32>',
  },
} as const;

export const vertexShader = `#version 300 es
#define SHADER_NAME flat-layer-vertex
in vec3 positions;
in vec3 positions64Low;
in float values;
out float vValue;
out float vSize;
out float vPixels;
void main(void) {
  geometry.worldPosition = positions;
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.0), geometry.position);
  vValue = values;
  vPixels = project.devicePixelRatio;
  float dot = 2.0 * flatLook.sizes.x + 3.0;
  float small = ${float(Math.ceil(MARK_SIZE * SMALL + 3))};
  vSize = values < 1.5 ? dot : values < 5.5 ? ${float(MARK_SIZE)} : values < 9.5 ? small : ${float(GROUP_SIZE)};
  gl_PointSize = flatLook.sizes.z > 0.5 ? max(1.0, floor(2.0 * flatLook.sizes.x * vPixels + 0.5)) : vSize * vPixels;
}`;

/** Dots below this radius are squares without a shape, CSS pixels. */
export const SHAPES_FROM = 1.6;

/** One colour; dashed when a period is given, by metres along the line. */
export const lineShader = `#version 300 es
#define SHADER_NAME flat-layer-line
precision highp float;
in float vValue;
out vec4 fragColor;
void main(void) {
  if (flatLook.sizes.y > 0.0 && fract(vValue / flatLook.sizes.y) > 0.55) discard;
  fragColor = flatLook.plain;
}`;

/**
 * Small dots. Without a graphics card a shape out of `gl_PointCoord` costs more for each point, and below
 * a few pixels nobody sees it.
 */
export const smallPointShader = `#version 300 es
#define SHADER_NAME flat-layer-small-point
precision highp float;
in float vValue;
out vec4 fragColor;
void main(void) {
  fragColor = vec4(flatLook.plain.rgb, flatLook.plain.a * (vValue < 0.5 ? 1.0 : 0.7));
}`;

/** Distances in CSS pixels from the centre, y downwards. */
export const pointShader = `#version 300 es
#define SHADER_NAME flat-layer-point
precision highp float;
in float vValue;
in float vSize;
in float vPixels;
out vec4 fragColor;
float bar(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a;
  return length(p - a - along * clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0));
}
float cover(float distance) { return clamp(0.5 - distance * vPixels, 0.0, 1.0); }
void main(void) {
  vec2 p = (gl_PointCoord - 0.5) * vSize;
  float r = flatLook.sizes.x;
  if (vValue < 1.5) {
    float d = length(p);
    float edge = r < 1.6 ? 0.0 : 0.7;
    float inked = vValue < 0.5 || r < 1.9 ? cover(d - r) : cover(abs(d - r + 0.3) - 0.55);
    float a = vValue < 0.5 || r >= 1.9 ? 1.0 : 0.7;
    fragColor = vec4(mix(flatLook.ground.rgb, flatLook.plain.rgb, inked), flatLook.plain.a * a * cover(d - r - edge));
  } else if (vValue > 9.5) {
    vec2 a = abs(p);
    float d = vValue < 11.5 ? length(p) - ${float(GROUP_RADIUS)} : max(a.x, a.y) - ${float(GROUP_RADIUS - 0.4)};
    if (vValue > 13.5) d = min(bar(p, vec2(-2.9, -2.9), vec2(2.9, 2.9)), bar(p, vec2(-2.9, 2.9), vec2(2.9, -2.9))) - 0.9;
    bool isHollow = vValue < 10.5 || (vValue > 11.5 && vValue < 12.5);
    float inked = isHollow ? cover(abs(d + 0.6) - 0.65) : cover(d);
    fragColor = vec4(mix(flatLook.ground.rgb, flatLook.plain.rgb, inked), flatLook.plain.a * cover(d - 1.2));
  } else {
    bool isSmall = vValue > 5.5;
    float level = isSmall ? vValue - 5.0 : vValue - 1.0;
    vec2 q = isSmall ? p / ${float(SMALL)} : p;
    vec4 colour = level < 1.5 ? flatLook.level1 : level < 2.5 ? flatLook.level2 : level < 3.5 ? flatLook.level3 : flatLook.level4;
    float ink = 9.0;
    float d = 0.0;
    if (level < 1.5) {
      vec2 a = abs(q);
      d = max(max(a.x, a.y) - 7.02, (a.x + a.y) * 0.7071 - 7.02);
      if (!isSmall) ink = ${strokes(1)};
    } else if (level < 2.5) {
      d = max(q.y - 6.4, 0.8763 * abs(q.x) - 0.4817 * (q.y + 7.8));
      if (!isSmall) ink = ${strokes(2)};
    } else if (level < 3.5) {
      d = (abs(q.x) + abs(q.y) - 7.9) * 0.7071;
      if (!isSmall) ink = ${strokes(3)};
    } else {
      d = length(q) - 7.3;
      if (!isSmall) ink = ${strokes(4)};
    }
    if (isSmall) d *= ${float(SMALL)};
    vec3 filled = mix(colour.rgb, flatLook.ink.rgb, cover(ink - ${float(STROKE / 2)}));
    fragColor = vec4(mix(flatLook.ground.rgb, filled, cover(d)), cover(d - (isSmall ? 1.0 : ${float(OUTLINE)})));
  }
  if (fragColor.a < 0.01) discard;
}`;

/** Distance to the nearest stroke of a numeral. */
function strokes(level: MarkLevel): string {
  return numerals[level]
    .map(([x1, y1, x2, y2]) => `bar(q, vec2(${float(x1)}, ${float(y1)}), vec2(${float(x2)}, ${float(y2)}))`)
    .reduce((nearest, one) => `min(${nearest}, ${one})`);
}

function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
