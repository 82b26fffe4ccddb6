import { Layer, project32, type DefaultProps, type LayerProps, type UpdateParameters } from '@deck.gl/core';
import { Model } from '@luma.gl/engine';
import { bytesOf, type MapTheme } from '../map-theme.ts';
import { flatLook, lineShader, pointShader, SHAPES_FROM, smallPointShader, vertexShader } from './flat-shaders.ts';

/** A binary attribute. deck.gl uploads it again only when the object is another one (GM4). */
export interface FlatAttribute {
  readonly value: Float64Array | Float32Array;
  readonly size: number;
}

/** `length` counts vertices; a line takes two. */
export interface FlatData {
  readonly length: number;
  readonly attributes: {
    /** Pairs of degrees, as Float64Array: 32 bits would step by half a metre (GM8). */
    readonly getPosition: FlatAttribute;
    /** Points: the shape of each (`symbols.ts`). Lines: metres along the line. */
    readonly getValue: FlatAttribute;
  };
}

export interface FlatLayerProps extends LayerProps {
  topology: 'point-list' | 'line-list';
  theme: MapTheme;
  /** Of dots without a level and of lines, `#rrggbb`. */
  colour: string;
  /** CSS pixels. */
  dotRadius?: number;
  /** No symbol of a level and no shape of a group is among the points. */
  hasOnlyDots?: boolean;
  /** Period of the dashes in metres; 0 draws solid lines. */
  dashMeters?: number;
  /** Attributes come as binary data; these are only the fall-backs that deck.gl asks for. */
  getPosition?: unknown;
  getValue?: unknown;
}

/**
 * Points and one-pixel lines straight from one binary buffer, not instanced: without a graphics card every instance
 * would be a draw of its own (map-and-data.md §6.1). Colours are uniforms, so another theme uploads nothing.
 */
export class FlatLayer extends Layer<FlatLayerProps> {
  static override layerName = 'FlatLayer';
  static override defaultProps: DefaultProps<FlatLayerProps> = {
    dotRadius: 2,
    hasOnlyDots: false,
    dashMeters: 0,
    getPosition: { type: 'accessor', value: [0, 0] },
    getValue: { type: 'accessor', value: 0 },
  };

  override getShaders(): ReturnType<Layer['getShaders']> {
    const points = isSmall(this.props) ? smallPointShader : pointShader;
    const fs = this.props.topology === 'point-list' ? points : lineShader;
    return super.getShaders({ vs: vertexShader, fs, modules: [project32, flatLook] });
  }

  override initializeState(): void {
    const attributes = this.getAttributeManager();
    attributes?.remove(['instancePickingColors']);
    attributes?.add({
      positions: { size: 3, type: 'float64', fp64: this.use64bitPositions(), accessor: 'getPosition' },
      values: { size: 1, type: 'float32', accessor: 'getValue', defaultValue: 0 },
    });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    const { changeFlags, oldProps } = parameters;
    if (!changeFlags.extensionsChanged && isSmall(oldProps as FlatLayerProps) === isSmall(this.props)) return;
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
    const length = this.getNumInstances();
    if (model === undefined || length === 0) return;
    const { theme, colour, opacity, dotRadius = 2, dashMeters = 0 } = this.props;
    model.setVertexCount(length);
    model.shaderInputs.setProps({
      flatLook: {
        ground: shares(theme.ground),
        ink: shares(theme.levelInk),
        plain: shares(colour, opacity),
        level1: shares(theme.levels[1]),
        level2: shares(theme.levels[2]),
        level3: shares(theme.levels[3]),
        level4: shares(theme.levels[4]),
        sizes: [dotRadius, dashMeters, isSmall(this.props) ? 1 : 0, 0],
      },
    });
    model.draw(this.context.renderPass);
  }

  #model(): Model | undefined {
    return this.state?.['model'] as Model | undefined;
  }
}

/** Dots that have no room for a shape; the layer holds nothing but dots then. */
function isSmall({ hasOnlyDots = false, dotRadius = 2 }: Partial<FlatLayerProps>): boolean {
  return hasOnlyDots && dotRadius < SHAPES_FROM;
}

function shares(colour: string, opacity = 1): [number, number, number, number] {
  const [red, green, blue] = bytesOf(colour);
  return [red / 255, green / 255, blue / 255, opacity];
}
