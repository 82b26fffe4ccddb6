import { bytesOf, type MapTheme } from '../map-theme.ts';
import type { Clearings } from './clearings.ts';
import type { ForceUpload } from './force-buffers.ts';
import { forceFragment, forceVertex, smallForceFragment, smallForceVertex } from './force-shaders.ts';

/** Smaller ones are drawn without a shape, CSS pixels. */
const SHAPES_FROM = 2;

/** Where the origin of the places lies, CSS pixels, and how many of these make a degree of longitude. */
export interface ForceCamera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/**
 * A transparent WebGL canvas above the map, out of the page while nothing moves on it. What moves is drawn here, so the
 * picture of the map below is not painted again because somebody took a step.
 */
export class ForceCanvas implements ForceUpload {
  readonly #canvas: HTMLCanvasElement;
  readonly #container: HTMLElement;
  readonly #restored: () => void;
  #gpu: Graphics | null = null;
  #cutCount = 0;

  /** @param restored the graphics context is new: places and looks have to be given again */
  constructor(container: HTMLElement, restored: () => void) {
    this.#container = container;
    this.#restored = restored;
    const canvas = container.ownerDocument.createElement('canvas');
    canvas.hidden = true;
    canvas.dataset['overlay'] = 'forces';
    canvas.setAttribute('aria-hidden', 'true');
    Object.assign(canvas.style, { position: 'absolute', inset: '0', pointerEvents: 'none' });
    canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      this.#gpu = null;
      this.#cutCount = 0;
    });
    canvas.addEventListener('webglcontextrestored', () => this.#restored());
    container.append(canvas);
    this.#canvas = canvas;
  }

  /** False while there is no graphics context; then nothing is drawn. */
  get isReady(): boolean {
    if (this.#gpu === null && this.#canvas.isConnected) this.#gpu = graphicsOf(this.#canvas);
    return this.#gpu !== null;
  }

  reserve(capacity: number): void {
    if (this.#gpu === null) return;
    const { gl, people } = this.#gpu;
    const { places, looks } = people;
    gl.bindBuffer(gl.ARRAY_BUFFER, places);
    gl.bufferData(gl.ARRAY_BUFFER, capacity * 8, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, looks);
    gl.bufferData(gl.ARRAY_BUFFER, capacity, gl.DYNAMIC_DRAW);
  }

  places(pairs: Float32Array, first: number): void {
    if (this.#gpu === null) return;
    const { gl, people } = this.#gpu;
    gl.bindBuffer(gl.ARRAY_BUFFER, people.places);
    gl.bufferSubData(gl.ARRAY_BUFFER, first * 8, pairs);
  }

  looks(numbers: Uint8Array): void {
    if (this.#gpu === null) return;
    const { gl, people } = this.#gpu;
    gl.bindBuffer(gl.ARRAY_BUFFER, people.looks);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, numbers);
  }

  clear({ places, looks }: Clearings): void {
    if (this.#gpu === null) return;
    const { gl, cuts } = this.#gpu;
    gl.bindBuffer(gl.ARRAY_BUFFER, cuts.places);
    gl.bufferData(gl.ARRAY_BUFFER, places, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, cuts.looks);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.DYNAMIC_DRAW);
    this.#cutCount = looks.length;
  }

  /** @param radius of a person, CSS pixels */
  draw(count: number, { x, y, scale }: ForceCamera, theme: MapTheme, radius: number): void {
    if (this.#gpu === null) return;
    const { gl, people, cuts, shaped, small } = this.#gpu;
    const [width, height] = this.#resize();
    gl.viewport(0, 0, this.#canvas.width, this.#canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const choose = ({ program, uniforms }: Program) => {
      gl.useProgram(program);
      gl.uniform4f(uniforms.camera, x, y, scale, devicePixelRatio);
      gl.uniform3f(uniforms.sizes, width, height, radius);
      gl.uniform4fv(uniforms.ground, sharesOf(theme.ground));
      gl.uniform4fv(uniforms.ink, sharesOf(theme.data));
    };
    choose(radius < SHAPES_FROM ? small : shaped);
    gl.bindVertexArray(people.array);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.POINTS, 0, count);
    if (this.#cutCount > 0) {
      choose(small);
      gl.bindVertexArray(cuts.array);
      gl.blendFunc(gl.ZERO, gl.ONE_MINUS_SRC_ALPHA);
      gl.drawArrays(gl.POINTS, 0, this.#cutCount);
    }
    this.#canvas.hidden = false;
  }

  hide(): void {
    this.#canvas.hidden = true;
  }

  remove(): void {
    this.#gpu?.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.#gpu = null;
    this.#canvas.remove();
  }

  #resize(): readonly [width: number, height: number] {
    const { clientWidth, clientHeight } = this.#container;
    const [wide, high] = [Math.round(clientWidth * devicePixelRatio), Math.round(clientHeight * devicePixelRatio)];
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      this.#canvas.width = wide;
      this.#canvas.height = high;
      Object.assign(this.#canvas.style, { width: `${clientWidth}px`, height: `${clientHeight}px` });
    }
    return [clientWidth, clientHeight];
  }
}

interface Points {
  readonly array: WebGLVertexArrayObject;
  readonly places: WebGLBuffer;
  readonly looks: WebGLBuffer;
}

interface Graphics {
  readonly gl: WebGL2RenderingContext;
  readonly people: Points;
  readonly cuts: Points;
  readonly shaped: Program;
  readonly small: Program;
}

interface Program {
  readonly program: WebGLProgram;
  readonly uniforms: Readonly<Record<'camera' | 'sizes' | 'ground' | 'ink', WebGLUniformLocation | null>>;
}

/** Null where there is no WebGL. */
function graphicsOf(canvas: HTMLCanvasElement): Graphics | null {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
  if (gl === null || gl.isContextLost()) return null;
  gl.enable(gl.BLEND);
  return {
    ...{ gl, people: pointsOf(gl), cuts: pointsOf(gl) },
    shaped: programOf(gl, forceVertex, forceFragment),
    small: programOf(gl, smallForceVertex, smallForceFragment),
  };
}

/** A context that is being lost gives a program that draws nothing. */
function programOf(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) continue;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, 'place');
  gl.bindAttribLocation(program, 1, 'look');
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost()) {
    throw new Error(`the shader of people and vehicles can't be linked: ${gl.getProgramInfoLog(program)}`);
  }
  const at = (name: string) => gl.getUniformLocation(program, name);
  return {
    program,
    uniforms: { camera: at('camera'), sizes: at('sizes'), ground: at('ground'), ink: at('ink') },
  };
}

function pointsOf(gl: WebGL2RenderingContext): Points {
  const points = { array: gl.createVertexArray(), places: gl.createBuffer(), looks: gl.createBuffer() };
  gl.bindVertexArray(points.array);
  gl.bindBuffer(gl.ARRAY_BUFFER, points.places);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.bindBuffer(gl.ARRAY_BUFFER, points.looks);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribPointer(1, 1, gl.UNSIGNED_BYTE, false, 0, 0);
  return points;
}

function sharesOf(colour: string): readonly [number, number, number, number] {
  const [red, green, blue] = bytesOf(colour);
  return [red / 255, green / 255, blue / 255, 1];
}
