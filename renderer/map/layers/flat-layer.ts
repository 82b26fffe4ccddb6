import { color, Layer, project32, type DefaultProps, type LayerProps, type UpdateParameters } from '@deck.gl/core';
import { Model } from '@luma.gl/engine';

type Bytes = [number, number, number, number];

export interface FlatLayerProps extends LayerProps {
  topology: 'point-list' | 'line-list';
  /** Ground colour, drawn as the outline of marks; 0 … 1. */
  groundColor?: Bytes;
  /** Colour of the numerals in marks, bytes. */
  inkColor?: Bytes;
  /** Attributes come as binary data; these are only the fall-backs that deck.gl asks for. */
  getPosition?: unknown;
  getColor?: unknown;
  getShape?: unknown;
}

/** What a point looks like; the numbers are known to the shader. */
export const shapes = { dot: 0, ring: 1, triangle: 2, diamond: 3, circle: 4 } as const;
export type Shape = (typeof shapes)[keyof typeof shapes];

const block = `layout(std140) uniform flatLookUniforms {
  vec4 ground;
  vec4 ink;
} flatLook;`;

const uniforms = {
  name: 'flatLook',
  vs: block,
  fs: block,
  uniformTypes: { ground: 'vec4<f32>', ink: 'vec4<f32>' },
} as const;

const vertexShader = `#version 300 es
#define SHADER_NAME flat-layer-vertex
in vec3 positions;
in vec3 positions64Low;
in vec4 colors;
in float shapes;
out vec4 vColor;
out float vShape;
out float vPixels;
void main(void) {
  geometry.worldPosition = positions;
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.0), geometry.position);
  vShape = shapes;
  vPixels = project.devicePixelRatio;
  gl_PointSize = (shapes < 0.5 ? 7.0 : shapes < 1.5 ? 8.0 : 22.0) * vPixels;
  vColor = vec4(colors.rgb, colors.a * layer.opacity);
}`;

const lineShader = `#version 300 es
#define SHADER_NAME flat-layer-line
precision highp float;
in vec4 vColor;
out vec4 fragColor;
void main(void) { fragColor = vColor; }`;

/** Distances are in CSS pixels, y downwards, the centre of the point at 0. */
const pointShader = `#version 300 es
#define SHADER_NAME flat-layer-point
precision highp float;
in vec4 vColor;
in float vShape;
in float vPixels;
out vec4 fragColor;
float bar(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a;
  return length(p - a - along * clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0));
}
float cover(float distance) { return clamp(0.5 - distance * vPixels, 0.0, 1.0); }
void main(void) {
  float size = vShape < 0.5 ? 7.0 : vShape < 1.5 ? 8.0 : 22.0;
  vec2 p = (gl_PointCoord - 0.5) * size;
  if (vShape < 0.5) {
    float d = length(p);
    float inner = cover(d - 2.3);
    fragColor = vec4(mix(flatLook.ground.rgb, vColor.rgb, inner), vColor.a * cover(d - 3.1));
  } else if (vShape < 1.5) {
    float d = length(p);
    float line = cover(abs(d - 2.4) - 0.6);
    fragColor = vec4(mix(flatLook.ground.rgb, vColor.rgb, line), vColor.a * cover(d - 3.6));
  } else {
    float d = 0.0;
    float ink = 9.0;
    vec2 q = vec2(abs(p.x), p.y);
    if (vShape < 2.5) {
      d = max(p.y - 6.4, 0.875 * q.x - 0.483 * (p.y + 7.6));
      ink = bar(q, vec2(1.5, -0.4), vec2(1.5, 4.4));
    } else if (vShape < 3.5) {
      d = (abs(p.x) + abs(p.y) - 7.8) * 0.7071;
      ink = min(bar(q, vec2(2.5, -2.2), vec2(2.5, 2.2)), bar(p, vec2(0.0, -3.2), vec2(0.0, 3.2)));
    } else {
      d = length(p) - 7.4;
      ink = min(bar(p, vec2(-3.3, -3.0), vec2(-3.3, 3.0)),
                min(bar(p, vec2(-1.0, -3.0), vec2(1.2, 3.0)), bar(p, vec2(1.2, 3.0), vec2(3.4, -3.0))));
    }
    vec3 filled = mix(vColor.rgb, flatLook.ink.rgb, cover(ink - 0.75));
    fragColor = vec4(mix(flatLook.ground.rgb, filled, cover(d)), vColor.a * cover(d - 2.0));
  }
  if (fragColor.a < 0.01) discard;
}`;

/**
 * Points and one-pixel lines straight from one binary buffer, not instanced: without a graphics card every instance
 * would be a draw of its own (map-and-data.md §6.1). `data` is `{ length, attributes: { getPosition, getColor,
 * getShape } }`: positions are pairs of degrees as Float64Array, colours bytes, shapes {@link shapes} as Float32Array;
 * a line takes two vertices. An attribute object that stays the same is not uploaded again (GM4).
 */
export class FlatLayer extends Layer<FlatLayerProps> {
  static override layerName = 'FlatLayer';
  static override defaultProps: DefaultProps<FlatLayerProps> = {
    groundColor: { type: 'color', value: [0, 0, 0, 255] },
    inkColor: { type: 'color', value: [0, 0, 0, 255] },
    getPosition: { type: 'accessor', value: [0, 0] },
    getColor: { type: 'accessor', value: [0, 0, 0, 255] },
    getShape: { type: 'accessor', value: 0 },
  };

  override getShaders(): ReturnType<Layer['getShaders']> {
    const fs = this.props.topology === 'point-list' ? pointShader : lineShader;
    return super.getShaders({ vs: vertexShader, fs, modules: [project32, color, uniforms] });
  }

  override initializeState(): void {
    const attributes = this.getAttributeManager();
    attributes?.remove(['instancePickingColors']);
    attributes?.add({
      positions: { size: 3, type: 'float64', fp64: this.use64bitPositions(), accessor: 'getPosition' },
      colors: { size: 4, type: 'unorm8', accessor: 'getColor', defaultValue: [0, 0, 0, 255] },
      shapes: { size: 1, type: 'float32', accessor: 'getShape', defaultValue: 0 },
    });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    if (!parameters.changeFlags.extensionsChanged) return;
    this.#model()?.destroy();
    const attributes = this.getAttributeManager();
    this.setState({
      model: new Model(this.context.device, {
        ...this.getShaders(),
        id: this.props.id,
        bufferLayout: attributes?.getBufferLayouts() ?? [],
        topology: this.props.topology,
        isInstanced: false,
      }),
    });
    attributes?.invalidateAll();
  }

  override getModels(): Model[] {
    const model = this.#model();
    return model === undefined ? [] : [model];
  }

  override draw(): void {
    const model = this.#model();
    if (model === undefined) return;
    model.setVertexCount(this.getNumInstances());
    model.shaderInputs.setProps({
      flatLook: { ground: share(this.props.groundColor), ink: share(this.props.inkColor) },
    });
    model.draw(this.context.renderPass);
  }

  #model(): Model | undefined {
    return this.state?.['model'] as Model | undefined;
  }
}

function share(bytes: Bytes | undefined): Bytes {
  const [red, green, blue, alpha] = bytes ?? [0, 0, 0, 255];
  return [red / 255, green / 255, blue / 255, alpha / 255];
}
