import { NAME_SIDE } from './clearings.ts';

/** Point sizes: how far an outline of ground colour reaches beyond the shape, and half of a pixel of smoothing. */
export const FORCE_EDGE = 1;

export const forceVertex = `#version 300 es
in vec2 place;
in float look;
uniform vec4 camera;
uniform vec3 sizes;
flat out float vLook;
flat out float vSide;
void main(void) {
  vec2 pixel = camera.xy + place * camera.z;
  gl_Position = vec4(pixel / sizes.xy * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
  vSide = ceil((2.6 * sizes.z + 2.0 * ${FORCE_EDGE}.0) * camera.w) + 1.0;
  gl_PointSize = vSide;
  vLook = look;
}`;

/**
 * `camera`: place of the origin in CSS pixels, CSS pixels for a degree, device pixels for a CSS pixel. `sizes`: width and
 * height of the picture, radius of a person, CSS pixels. Numbers of looks are `lookNumber`'s.
 */
export const forceFragment = `#version 300 es
precision mediump float;
flat in float vLook;
flat in float vSide;
uniform highp vec4 camera;
uniform highp vec3 sizes;
uniform vec4 ground;
uniform vec4 ink;
out vec4 colour;
void main(void) {
  float r = sizes.z;
  vec2 p = (gl_PointCoord - 0.5) * vSide / camera.w;
  float age = floor((vLook + 0.5) / 3.0);
  float kind = vLook - 3.0 * age;
  vec2 a = abs(p);
  float d = kind < 0.5 ? length(p) - r : kind < 1.5 ? max(a.x, a.y) - 0.86 * r : max(a.x - 1.25 * r, a.y - 0.7 * r);
  float edge = r < 2.0 ? 0.0 : ${FORCE_EDGE}.0;
  float strength = age < 0.5 ? 1.0 : age < 1.5 ? 0.75 : 0.45;
  float inside = r < 2.5 || age < 0.5 ? d : abs(d + 0.7) - 0.7;
  float inked = clamp(0.5 - inside * camera.w, 0.0, 1.0);
  float shown = strength * clamp(0.5 - (d - edge) * camera.w, 0.0, 1.0);
  if (shown < 0.02) discard;
  colour = vec4(mix(ground.rgb, ink.rgb, inked) * shown, shown);
}`;

/**
 * Many small ones: squares of one colour. Without a graphics card a shape out of `gl_PointCoord` costs more for each
 * point, and below two pixels nobody sees it. Looks from 9 on are `clearingLooks`: how much of what was drawn before is
 * taken away there.
 */
export const smallForceVertex = `#version 300 es
in vec2 place;
in float look;
uniform vec4 camera;
uniform vec3 sizes;
flat out float vStrength;
void main(void) {
  vec2 pixel = camera.xy + place * camera.z;
  gl_Position = vec4(pixel / sizes.xy * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
  float side = look < 8.5 ? 2.0 * sizes.z : look < 9.5 ? 17.0 : look < 10.5 ? 7.0 : ${NAME_SIDE}.0;
  gl_PointSize = max(1.0, floor(side * camera.w + 0.5));
  vStrength = look < 2.5 ? 1.0 : look < 5.5 ? 0.75 : look < 8.5 ? 0.45 : look < 10.5 ? 1.0 : 0.8;
}`;

export const smallForceFragment = `#version 300 es
precision mediump float;
flat in float vStrength;
uniform vec4 ink;
out vec4 colour;
void main(void) {
  colour = vec4(ink.rgb * vStrength, vStrength);
}`;
